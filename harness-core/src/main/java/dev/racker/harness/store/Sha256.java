package dev.racker.harness.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests as lower-case hexadecimal text. */
final class Sha256 {

    private Sha256() {}

    static String hex(String text) {
        return hex(text.getBytes(StandardCharsets.UTF_8));
    }

    static String hex(byte[] bytes) {
        return toHex(newDigest("SHA-256").digest(bytes));
    }

    /** Every Java platform has SHA-256 (java.security.MessageDigest); the others are in every JDK since 1.4.2. */
    static MessageDigest newDigest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String toHex(byte[] digest) {
        String digits = "0123456789abcdef";
        StringBuilder hex = new StringBuilder(digest.length * 2);
        for (byte b : digest) {
            hex.append(digits.charAt(b >> 4 & 15)).append(digits.charAt(b & 15));
        }
        return hex.toString();
    }
}
