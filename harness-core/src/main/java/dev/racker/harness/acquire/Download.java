package dev.racker.harness.acquire;

import dev.racker.harness.image.Digest;
import java.net.URI;
import java.nio.file.Path;

/**
 * A file that was downloaded.
 *
 * @param file where it is; it stays until somebody clears the cache
 * @param fresh whether bytes were transferred; false when the cached file was still good
 */
public record Download(Path file, boolean fresh) {

    /**
     * What to download, and what its content must be.
     *
     * @param uri an http or https address, without fragment
     * @param expected the digest of the content; null when the user gave none
     */
    public record Request(URI uri, Digest expected) {

        private static final String SHA256 = "sha256=";

        /**
         * Takes the address apart: a fragment {@code #sha256=<64 hex digits>} is the digest that the content must have.
         *
         * @throws HttpDownloadException when the fragment is something else
         */
        public static Request of(URI address) {
            String fragment = address.getRawFragment();
            if (fragment == null) {
                return new Request(address, null);
            }
            if (!fragment.startsWith(SHA256) || !isSha256(fragment.substring(SHA256.length()))) {
                throw new HttpDownloadException(
                        "Tried to read \"" + shown(address) + "\", but \"#" + fragment + "\" is not a checksum.",
                        "Write #sha256= and 64 lower-case hexadecimal digits, or leave it away.",
                        null);
            }
            String text = address.toString();
            URI uri = URI.create(text.substring(0, text.indexOf('#')));
            return new Request(uri, Digest.parse("sha256:" + fragment.substring(SHA256.length())));
        }

        /** The address as it may be shown: a password in it is masked. */
        public String shown() {
            return shown(uri);
        }

        private static String shown(URI uri) {
            String user = uri.getRawUserInfo();
            if (user == null || user.indexOf(':') < 0) {
                return uri.toString();
            }
            String masked = user.substring(0, user.indexOf(':')) + ":***";
            return uri.toString().replace(user + "@", masked + "@");
        }

        private static boolean isSha256(String hex) {
            if (hex.length() != 64) {
                return false;
            }
            for (int i = 0; i < hex.length(); i++) {
                char c = hex.charAt(i);
                if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                    return false;
                }
            }
            return true;
        }
    }
}
