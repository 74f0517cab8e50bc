package dev.racker.harness.distribution;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the metadata of rpm packages, format version 3 and 4: lead, signature, header, payload. */
final class RpmReader {

    private static final int[] LEAD_MAGIC = {0xed, 0xab, 0xee, 0xdb};
    private static final int[] HEADER_MAGIC = {0x8e, 0xad, 0xe8};
    private static final int LEAD = 96;
    private static final int ENTRY = 16;
    /** rpm's own limits: 65535 entries, 256 MB of data in a header. */
    private static final int MOST_ENTRIES = 0xffff;

    private static final int MOST_DATA = 256 << 20;
    /** A source package says so in its lead. */
    private static final int SOURCE = 1;

    private static final int SIGNATURE_SIZE = 1000;
    private static final int SIGNATURE_LONG_SIZE = 270;
    private static final int NAME = 1000;
    private static final int VERSION = 1001;
    private static final int RELEASE = 1002;
    private static final int EPOCH = 1003;
    private static final int ARCHITECTURE = 1022;
    private static final int INT32 = 4;
    private static final int STRING = 6;

    private final DataInputStream in;
    private long read;

    RpmReader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    static boolean isRpm(byte[] start) {
        return startsWith(start, LEAD_MAGIC);
    }

    PackageFields read() throws IOException {
        byte[] lead = bytes(LEAD);
        if (ByteBuffer.wrap(lead).getShort(6) == SOURCE) {
            throw new InvalidPackageException("it is a source package, which nothing installs", null);
        }
        Header signature = header();
        int padding = (int) (-read & 7);
        bytes(padding);
        long start = read;
        Header header = header();
        Long size = size(signature);
        if (size != null) {
            in.skipNBytes(size - (read - start));
        }
        String epoch = header.number(EPOCH);
        return new PackageFields(
                PackageFormat.RPM,
                header.text(NAME),
                version(epoch, header.text(VERSION), header.text(RELEASE)),
                header.text(ARCHITECTURE));
    }

    /** Bytes of header and payload, by which a file that was cut short is known; null when the package does not say. */
    private static Long size(Header signature) {
        byte[] size = signature.value(SIGNATURE_SIZE, INT32, 4);
        if (size != null) {
            return (long) ByteBuffer.wrap(size).getInt() & 0xffffffffL;
        }
        byte[] large = signature.value(SIGNATURE_LONG_SIZE, 5, 8);
        return large == null ? null : ByteBuffer.wrap(large).getLong();
    }

    private static String version(String epoch, String version, String release) {
        if (version == null) {
            return null;
        }
        return (epoch == null ? "" : epoch + ":") + version + (release == null ? "" : "-" + release);
    }

    private Header header() throws IOException {
        byte[] intro = bytes(16);
        if (!startsWith(intro, HEADER_MAGIC)) {
            throw new InvalidPackageException("it is damaged: a header is not where it should be", null);
        }
        int entries = ByteBuffer.wrap(intro).getInt(8);
        int data = ByteBuffer.wrap(intro).getInt(12);
        if (entries < 0 || entries > MOST_ENTRIES || data < 0 || data > MOST_DATA) {
            throw new InvalidPackageException("it is damaged: a header claims an impossible size", null);
        }
        return new Header(ByteBuffer.wrap(bytes(entries * ENTRY)), bytes(data));
    }

    private byte[] bytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        read += count;
        return bytes;
    }

    private static boolean startsWith(byte[] bytes, int[] magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** An index of (tag, type, offset, count) and the data that it points into. */
    private record Header(ByteBuffer index, byte[] data) {

        String text(int tag) {
            byte[] value = value(tag, STRING, 1);
            if (value == null) {
                return null;
            }
            int end = 0;
            while (end < value.length && value[end] != 0) {
                end++;
            }
            return new String(value, 0, end, StandardCharsets.UTF_8);
        }

        String number(int tag) {
            byte[] value = value(tag, INT32, 4);
            return value == null
                    ? null
                    : Integer.toUnsignedString(ByteBuffer.wrap(value).getInt());
        }

        /** From the value's first byte to the end of the data; null when there is none of this type. */
        byte[] value(int tag, int type, int least) {
            for (int at = 0; at < index.capacity(); at += ENTRY) {
                if (index.getInt(at) == tag && index.getInt(at + 4) == type) {
                    int offset = index.getInt(at + 8);
                    if (offset < 0 || offset > data.length - least) {
                        throw new InvalidPackageException("it is damaged: a header points outside of itself", null);
                    }
                    return Arrays.copyOfRange(data, offset, data.length);
                }
            }
            return null;
        }
    }
}
