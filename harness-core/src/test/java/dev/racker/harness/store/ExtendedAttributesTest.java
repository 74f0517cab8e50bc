package dev.racker.harness.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExtendedAttributesTest {

    /** user::rw-, user:1000:rw-, group::r--, mask::rw-, other::r--. */
    private static final String ACL =
            "0200000001000600ffffffff02000600e803000004000400ffffffff10000600ffffffff20000400ffffffff";

    private static final Map<String, byte[]> MIXED = Map.of(
            "user.note", new byte[] {1},
            "security.selinux", new byte[] {2},
            "system.nfs4_acl", new byte[] {3},
            "trusted.overlay.opaque", new byte[] {'y'});

    @Test
    void named_users_of_an_acl_are_mapped_and_mapped_back() {
        byte[] acl = HexFormat.of().parseHex(ACL);
        byte[] shifted = shift(IdMapping.IDENTITY, IdMapping.SHIFTED)
                .translate(Map.of("system.posix_acl_access", acl))
                .get("system.posix_acl_access");
        assertEquals(ACL.replace("e8030000", "e8030800"), HexFormat.of().formatHex(shifted));
        byte[] back = shift(IdMapping.SHIFTED, IdMapping.IDENTITY)
                .translate(Map.of("system.posix_acl_access", shifted))
                .get("system.posix_acl_access");
        assertArrayEquals(acl, back);
    }

    @Test
    void an_acl_with_an_id_outside_the_range_is_refused() {
        byte[] acl = HexFormat.of().parseHex(ACL.replace("e8030000", "00000100"));
        ExtendedAttributes attributes = shift(IdMapping.IDENTITY, IdMapping.SHIFTED);
        assertThrows(
                IllegalArgumentException.class, () -> attributes.translate(Map.of("system.posix_acl_default", acl)));
    }

    @Test
    void an_image_cannot_bring_marks_of_overlayfs_nor_labels_of_another_host() {
        assertEquals(
                Set.of("user.note"),
                shift(IdMapping.IDENTITY, IdMapping.SHIFTED).translate(MIXED).keySet());
    }

    @Test
    void our_own_layers_keep_marks_of_overlayfs() {
        assertEquals(
                Set.of("user.note", "trusted.overlay.opaque"),
                new ExtendedAttributes(IdMapping.SHIFTED, IdMapping.IDENTITY, true)
                        .translate(MIXED)
                        .keySet());
    }

    private static ExtendedAttributes shift(IdMapping source, IdMapping target) {
        return new ExtendedAttributes(source, target, false);
    }
}
