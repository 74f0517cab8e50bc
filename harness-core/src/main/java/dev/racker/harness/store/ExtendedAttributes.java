package dev.racker.harness.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** Brings extended attributes from one mapping of ids to another, and leaves out those that belong to one host only. */
final class ExtendedAttributes {

    private static final String OVERLAY = "trusted.overlay.";
    private static final String ACL = "system.posix_acl_";
    private static final int ACL_USER = 0x02;
    private static final int ACL_GROUP = 0x08;

    private final IdMapping source;
    private final IdMapping target;
    private final boolean keepOverlay;

    /** Translates from ids of {@code source} to those of {@code target}; overlayfs's own attributes only on demand. */
    ExtendedAttributes(IdMapping source, IdMapping target, boolean keepOverlay) {
        this.source = source;
        this.target = target;
        this.keepOverlay = keepOverlay;
    }

    Map<String, byte[]> translate(Map<String, byte[]> xattrs) {
        if (xattrs.isEmpty()) {
            return xattrs;
        }
        Map<String, byte[]> translated = new HashMap<>();
        for (Map.Entry<String, byte[]> xattr : xattrs.entrySet()) {
            String name = xattr.getKey();
            if (name.equals("security.capability")) {
                translated.put(name, FileCapability.parse(xattr.getValue()).encode(target.hostStart()));
            } else if (name.startsWith(ACL)) {
                translated.put(name, acl(xattr.getValue()));
            } else if (belongsInTree(name)) {
                translated.put(name, xattr.getValue());
            }
        }
        return translated;
    }

    private boolean belongsInTree(String name) {
        if (name.startsWith(OVERLAY)) {
            return keepOverlay;
        }
        return !name.equals("security.selinux") && !name.equals("system.nfs4_acl");
    }

    /** Rewrites the ids of named users and groups; the layout is that of linux/posix_acl_xattr.h. */
    private byte[] acl(byte[] value) {
        ByteBuffer acl = ByteBuffer.wrap(value.clone()).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 4; at + 8 <= value.length; at += 8) {
            int tag = acl.getShort(at);
            if (tag == ACL_USER || tag == ACL_GROUP) {
                long id = acl.getInt(at + 4) & 0xFFFF_FFFFL;
                acl.putInt(at + 4, (int) target.toHost(source.fromHost(id)));
            }
        }
        return acl.array();
    }
}
