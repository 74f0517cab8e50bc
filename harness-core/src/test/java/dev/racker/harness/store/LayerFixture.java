package dev.racker.harness.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** An archive in the making, written by Commons Compress so that reader and writer do not share their mistakes. */
final class LayerFixture {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar;
    private long clock = 1_600_000_000L;
    private int owner;
    private int group;
    private Map<String, String> pax = Map.of();

    private LayerFixture(String charset) {
        tar = new TarArchiveOutputStream(bytes, charset);
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    static LayerFixture layer() {
        return new LayerFixture("UTF-8");
    }

    /** Each character of a name is one byte. */
    static LayerFixture rawLayer() {
        LayerFixture fixture = new LayerFixture("ISO-8859-1");
        fixture.tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
        return fixture;
    }

    /** Sets the owner of what follows. */
    LayerFixture owner(int newOwner, int newGroup) {
        owner = newOwner;
        group = newGroup;
        return this;
    }

    /** Sets extended header records of the next member. */
    LayerFixture pax(String key, String value) {
        pax = Map.of(key, value);
        return this;
    }

    LayerFixture dir(String name, int mode) {
        return add(new TarArchiveEntry(slashed(name), TarConstants.LF_DIR, true), mode, null);
    }

    LayerFixture file(String name, int mode, String content) {
        return add(
                new TarArchiveEntry(name, TarConstants.LF_NORMAL, true),
                mode,
                content.getBytes(StandardCharsets.UTF_8));
    }

    LayerFixture file(String name, String content) {
        return file(name, 0644, content);
    }

    LayerFixture symlink(String name, String target) {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK, true);
        entry.setLinkName(target);
        return add(entry, 0777, null);
    }

    LayerFixture hardLink(String name, String target) {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_LINK, true);
        entry.setLinkName(target);
        return add(entry, 0644, null);
    }

    LayerFixture device(String name, byte type, int major, int minor) {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setDevMajor(major);
        entry.setDevMinor(minor);
        return add(entry, 0640, null);
    }

    LayerFixture special(String name, byte type) {
        return add(new TarArchiveEntry(name, type, true), 0600, null);
    }

    private static String slashed(String name) {
        return name.endsWith("/") ? name : name + "/";
    }

    private LayerFixture add(TarArchiveEntry entry, int mode, byte[] content) {
        try {
            entry.setMode(mode);
            entry.setUserId(owner);
            entry.setGroupId(group);
            entry.setLastModifiedTime(FileTime.from(Instant.ofEpochSecond(clock++, 123_456_000)));
            entry.setSize(content == null ? 0 : content.length);
            pax.forEach(entry::addPaxHeader);
            pax = Map.of();
            tar.putArchiveEntry(entry);
            if (content != null) {
                tar.write(content);
            }
            tar.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        try {
            tar.close();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
