package dev.racker.harness.acquire;

import dev.racker.harness.acquire.DownloadCache.Validators;
import dev.racker.harness.process.Cancellation;
import dev.racker.harness.process.Cancellation.Registration;
import dev.racker.harness.progress.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;

/** One HTTP exchange that fills the partial file of a download. */
final class HttpFetch {

    private static final int BUFFER = 1 << 16;
    private static final String PROXY_LOGIN = "Proxy-Authorization";
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final OkHttpClient client;

    private final Cancellation cancellation;

    HttpFetch(Duration connectTimeout, Duration readTimeout, EnvironmentProxies proxies, Cancellation cancellation) {
        this.cancellation = cancellation;
        this.client = new OkHttpClient.Builder()
                .connectTimeout(connectTimeout)
                .readTimeout(readTimeout)
                .retryOnConnectionFailure(true)
                .proxySelector(proxies)
                .proxyAuthenticator((route, refused) -> logIn(proxies, route, refused))
                .build();
    }

    /** OkHttp asks once before it connects, and again when the proxy has refused. */
    private static Request logIn(EnvironmentProxies proxies, Route route, Response refused) {
        String login = route == null ? null : proxies.authorization(route.proxy());
        if (login == null || refused.request().header(PROXY_LOGIN) != null) {
            return null;
        }
        return refused.request().newBuilder().header(PROXY_LOGIN, login).build();
    }

    /**
     * Asks for what is missing and writes it.
     *
     * @return true when the partial file is whole now; false when the complete file is still good
     * @throws Interrupted when the exchange broke off; a further one may continue it
     * @throws HttpDownloadException when the server refused
     * @throws IOException when the file cannot be written
     */
    @SuppressWarnings("try") // the registration is only held
    boolean fetch(Download.Request wanted, DownloadCache cache, Progress progress) throws IOException, Interrupted {
        long have = resumableSize(wanted, cache);
        Call call = client.newCall(request(wanted, cache, have));
        try (Registration registration = cancellation.onRequest(call::cancel);
                Response response = execute(call)) {
            int status = response.code();
            if (status == 304 && cache.isComplete()) {
                return false;
            }
            if (status == RANGE_NOT_SATISFIABLE && have > 0) {
                cache.discardPartial();
                throw new Interrupted("the server has less than was downloaded before", null, true);
            }
            if (status != 200 && status != 206) {
                throw HttpFailures.status(wanted, status, response.message());
            }
            boolean continues = status == 206 && startsAt(response, have);
            if (status == 206 && !continues) {
                cache.discardPartial();
                throw new Interrupted("the server sent another part than the one asked for", null, true);
            }
            if (!continues) {
                have = 0;
                cache.begin(new Validators(response.header("ETag"), response.header("Last-Modified")));
            }
            receive(wanted, cache, progress, response, have);
            return true;
        }
    }

    private static Response execute(Call call) throws Interrupted {
        try {
            return call.execute();
        } catch (IOException e) {
            throw new Interrupted(HttpFailures.reason(e), e, false);
        }
    }

    /** Without a validator the rest may belong to another version, unless the digest will tell. */
    private static long resumableSize(Download.Request wanted, DownloadCache cache) throws IOException {
        boolean safe =
                wanted.expected() != null || cache.validatorsOf(cache.partial()).forRange() != null;
        return safe ? cache.partialSize() : 0;
    }

    private static Request request(Download.Request wanted, DownloadCache cache, long have) throws IOException {
        // "identity" keeps OkHttp from asking for, and silently undoing, a content encoding.
        Request.Builder request =
                new Request.Builder().url(wanted.uri().toString()).header("Accept-Encoding", "identity");
        if (wanted.uri().getUserInfo() != null) {
            String[] user = wanted.uri().getUserInfo().split(":", 2);
            request.header("Authorization", Credentials.basic(user[0], user.length > 1 ? user[1] : ""));
        }
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
            String validator = cache.validatorsOf(cache.partial()).forRange();
            if (validator != null) {
                request.header("If-Range", validator);
            }
        } else if (cache.isComplete()) {
            Validators known = cache.validatorsOf(cache.complete());
            if (known.etag() != null) {
                request.header("If-None-Match", known.etag());
            } else if (known.lastModified() != null) {
                request.header("If-Modified-Since", known.lastModified());
            }
        }
        return request.build();
    }

    private static boolean startsAt(Response response, long have) {
        String range = response.header("Content-Range", "");
        return range.startsWith("bytes " + have + "-");
    }

    private static void receive(
            Download.Request wanted, DownloadCache cache, Progress progress, Response response, long have)
            throws IOException, Interrupted {
        long announced = response.body().contentLength();
        long total = announced < 0 ? -1 : have + announced;
        byte[] buffer = new byte[BUFFER];
        try (Progress.Task task = progress.begin(label(wanted, have), total);
                OutputStream out =
                        Files.newOutputStream(cache.partial(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                InputStream in = response.body().byteStream()) {
            task.advance(have);
            for (int n = read(in, buffer); n >= 0; n = read(in, buffer)) {
                out.write(buffer, 0, n);
                task.advance(n);
            }
            if (total < 0 || cache.partialSize() == total) {
                task.finish();
            }
        }
        if (total >= 0 && cache.partialSize() != total) {
            throw new Interrupted("it ended after " + cache.partialSize() + " of " + total + " bytes", null, true);
        }
    }

    private static String label(Download.Request wanted, long have) {
        return "Downloading " + wanted.shown() + (have == 0 ? "" : ", from byte " + have + " on");
    }

    private static int read(InputStream in, byte[] buffer) throws Interrupted {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new Interrupted(HttpFailures.reason(e), e, true);
        }
    }

    /** The exchange broke off on the network's side. */
    static final class Interrupted extends Exception {

        private static final long serialVersionUID = 1L;

        private final boolean answered;

        Interrupted(String message, Throwable cause, boolean answered) {
            super(message, cause);
            this.answered = answered;
        }

        boolean mayHelpToTryAgain() {
            return answered;
        }
    }
}
