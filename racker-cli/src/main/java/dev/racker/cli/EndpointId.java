package dev.racker.cli;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What docker calls a container's place in a network: 64 hexadecimal digits, always the same for both. */
final class EndpointId {

    private EndpointId() {}

    /** Takes the whole ids of both. */
    static String of(String network, String container) {
        try {
            byte[] both = (network + "\n" + container).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(both));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has SHA-256", e);
        }
    }
}
