package dev.racker.harness.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The value of {@code security.capability} (linux/capability.h, struct vfs_ns_cap_data): version 2 counts for the host's
 * root, version 3 for the user namespace whose root is a given id.
 *
 * @param effective whether the capabilities are raised at once
 */
record FileCapability(boolean effective, long permitted, long inheritable) {

    private static final int VERSION_1 = 0x01000000;
    private static final int VERSION_2 = 0x02000000;
    private static final int VERSION_3 = 0x03000000;
    private static final int VERSION_MASK = 0xFF000000;
    private static final int EFFECTIVE = 1;

    /** Reads a value of any version. */
    static FileCapability parse(byte[] value) {
        ByteBuffer data = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        int magic = value.length < 4 ? 0 : data.getInt(0);
        int version = magic & VERSION_MASK;
        int expected = switch (version) {
            case VERSION_1 -> 12;
            case VERSION_2 -> 20;
            case VERSION_3 -> 24;
            default -> -1;
        };
        if (value.length != expected) {
            throw new IllegalArgumentException("file capability of " + value.length + " bytes is of no known version");
        }
        long permitted = data.getInt(4) & 0xFFFF_FFFFL;
        long inheritable = data.getInt(8) & 0xFFFF_FFFFL;
        if (version != VERSION_1) {
            permitted |= (long) data.getInt(12) << 32;
            inheritable |= (long) data.getInt(16) << 32;
        }
        return new FileCapability((magic & EFFECTIVE) != 0, permitted, inheritable);
    }

    /** Writes version 2 for the host's root (0), version 3 for another. */
    byte[] encode(int rootId) {
        ByteBuffer data = ByteBuffer.allocate(rootId == 0 ? 20 : 24).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt((rootId == 0 ? VERSION_2 : VERSION_3) | (effective ? EFFECTIVE : 0));
        data.putInt((int) permitted).putInt((int) inheritable);
        data.putInt((int) (permitted >>> 32)).putInt((int) (inheritable >>> 32));
        if (rootId != 0) {
            data.putInt(rootId);
        }
        return data.array();
    }
}
