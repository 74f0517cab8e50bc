package dev.racker.harness.acquire;

import dev.racker.harness.image.Digest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/** Says in plain words what went wrong with a download. */
final class HttpFailures {

    private HttpFailures() {}

    static HttpDownloadException status(Download.Request request, int status, String phrase) {
        String answer = (status + " " + phrase).strip();
        String hint = switch (status) {
            case 401, 403 -> "Check that you may read it; a login is written as https://USER:PASSWORD@HOST/...";
            case 404, 410 -> "Check the address.";
            case 429, 500, 502, 503, 504 -> "The server is in trouble; try again later.";
            default -> "Open the address in a browser to see what it answers.";
        };
        return new HttpDownloadException(tried(request) + "the server answered " + answer + ".", hint, null);
    }

    static HttpDownloadException interrupted(Download.Request request, HttpFetch.Interrupted cause) {
        return new HttpDownloadException(
                tried(request) + cause.getMessage() + ".",
                cause.mayHelpToTryAgain()
                        ? "Do the same again: it goes on where it ended, when the server can."
                        : "Check the address and the network.",
                cause);
    }

    static HttpDownloadException digest(Download.Request request, Digest found) {
        return new HttpDownloadException(
                tried(request) + "what arrived has the digest " + found + " instead of " + request.expected() + ".",
                "Check the checksum in the address, and whether the file was replaced.",
                null);
    }

    static HttpDownloadException disk(Download.Request request, Path directory, IOException cause) {
        return new HttpDownloadException(
                tried(request) + "writing to " + directory + " failed: " + cause.getMessage() + ".",
                "Check the free space there, or set RACKER_CACHE_DIR to a roomier place.",
                cause);
    }

    /** Why an exchange broke off, without the names of Java's exceptions. */
    static String reason(IOException e) {
        if (e instanceof UnknownHostException) {
            return "the name of the host does not resolve";
        }
        if (e instanceof NoRouteToHostException) {
            return "there is no route to the host";
        }
        if (e instanceof SocketTimeoutException) {
            return "the server did not answer in time";
        }
        if (e instanceof ConnectException) {
            return "the connection was refused";
        }
        if (e instanceof SSLException) {
            return "TLS failed: " + e.getMessage();
        }
        return "the connection broke off: " + e.getMessage();
    }

    private static String tried(Download.Request request) {
        return "Tried to download " + request.shown() + ", but ";
    }
}
