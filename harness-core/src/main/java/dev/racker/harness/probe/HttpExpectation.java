package dev.racker.harness.probe;

import java.util.List;

/**
 * What an HTTP server should answer.
 *
 * @param status the status; 0 for any from 200 to 299. When it is one of a redirect, none is followed
 * @param body what the body must hold; null for anything
 * @param headers headers that must be there
 * @param followRedirects whether a redirect, also to another port or host, is followed before anything is compared
 * @param insecure whether a certificate is good whoever signed it and for whatever name
 */
public record HttpExpectation(
        int status, TextPattern body, List<Header> headers, boolean followRedirects, boolean insecure) {

    /** Takes a copy of the list. */
    public HttpExpectation {
        if (status != 0 && (status < 100 || status > 599)) {
            throw new InvalidProbeException(
                    "Tried to expect the HTTP status " + status + ", but there is no such status.",
                    "Give one from 100 to 599.");
        }
        headers = List.copyOf(headers);
    }

    /** Success after redirects. */
    public static HttpExpectation success() {
        return new HttpExpectation(0, null, List.of(), true, false);
    }

    /** Says whether a redirect is followed. */
    boolean follows() {
        return followRedirects && (status < 300 || status > 399);
    }

    boolean accepts(int actual) {
        return status == 0 ? actual >= 200 && actual <= 299 : actual == status;
    }

    String statusText() {
        return status == 0 ? "2xx" : Integer.toString(status);
    }

    /**
     * A header that must be there.
     *
     * @param name its name
     * @param value what its value must hold; null for anything
     */
    public record Header(String name, TextPattern value) {

        /**
         * Reads {@code NAME} or {@code NAME: PATTERN}.
         *
         * @throws InvalidProbeException when it names no header, or the pattern is none
         */
        public static Header parse(String text) {
            int colon = text.indexOf(':');
            String name = (colon < 0 ? text : text.substring(0, colon)).strip();
            if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || c >= 127)) {
                throw InvalidProbeException.of(
                        "the header check",
                        text,
                        "it names no header",
                        "Write NAME or NAME: PATTERN, such as Content-Type: text/html.");
            }
            String value = colon < 0 ? "" : text.substring(colon + 1).strip();
            return new Header(name, value.isEmpty() ? null : TextPattern.parse(value));
        }

        @Override
        public String toString() {
            return value == null ? name : name + ": " + value;
        }
    }
}
