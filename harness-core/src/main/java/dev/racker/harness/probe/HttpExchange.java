package dev.racker.harness.probe;

import dev.racker.harness.probe.HttpProbe.Answer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Asks an HTTP server in the network of a machine; the only class of this package that needs OkHttp. */
final class HttpExchange implements AutoCloseable {

    private static final long MOST_BYTES = 1 << 20;
    private static final String ENDLESS = "Too many follow-up requests";
    private static final String INSECURE = "; --insecure would accept it";

    private final OkHttpClient client;
    private final Request request;

    HttpExchange(String url, HttpExpectation expected, Relay relay, GuestNames names) {
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .proxy(Proxy.NO_PROXY)
                .socketFactory(new Sockets(relay))
                .dns(new Names(names))
                .fastFallback(false)
                .followRedirects(expected.follows())
                .followSslRedirects(expected.follows());
        if (expected.insecure()) {
            AnyCertificate any = new AnyCertificate();
            builder.sslSocketFactory(context(any).getSocketFactory(), any).hostnameVerifier((host, session) -> true);
        }
        client = builder.build();
        request = new Request.Builder().url(url).header("User-Agent", "postroj").build();
    }

    /** Asks once. */
    Answer get(Duration most) {
        OkHttpClient timed = client.newBuilder()
                .connectTimeout(most)
                .readTimeout(most)
                .callTimeout(most)
                .build();
        try (Response response = timed.newCall(request).execute()) {
            List<String[]> headers = new ArrayList<>();
            response.headers().forEach(pair -> headers.add(new String[] {pair.getFirst(), pair.getSecond()}));
            return new Answer(
                    response.code(),
                    response.request().url().toString(),
                    headers,
                    response.peekBody(MOST_BYTES).string(),
                    "",
                    true);
        } catch (IOException e) {
            return failure(e, most);
        }
    }

    private static Answer failure(IOException failure, Duration most) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException) {
                return Answer.none(
                        "the certificate is not trusted: " + TextPattern.shown(cause.getMessage()) + INSECURE, false);
            }
        }
        if (failure instanceof SSLException) {
            return Answer.none("no TLS connection: " + failure.getMessage(), false);
        }
        if (failure instanceof ProtocolException
                && String.valueOf(failure.getMessage()).startsWith(ENDLESS)) {
            return Answer.none("redirected again and again, more than 20 times", false);
        }
        if (failure instanceof ProtocolException) {
            return Answer.none("no valid HTTP: " + failure.getMessage(), false);
        }
        if (failure instanceof InterruptedIOException) {
            if (Thread.currentThread().isInterrupted()) {
                throw new dev.racker.harness.error.HarnessException(
                        "Interrupted while waiting for an answer.", null, failure);
            }
            return Answer.none("no answer within " + Patience.seconds(most), true);
        }
        boolean closed = failure instanceof ConnectException && failure.getCause() != null;
        String message = (closed ? failure.getCause() : failure).getMessage();
        return Answer.none(message == null ? failure.toString() : plain(message), true);
    }

    /** In the words of the other probes; what OkHttp says of a closed port only tells of the address again. */
    private static String plain(String message) {
        return message.startsWith("unexpected end of stream") ? "the connection was closed without an answer" : message;
    }

    @Override
    public void close() {
        client.connectionPool().evictAll();
    }

    private static SSLContext context(X509TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new UnlookableException("this JVM cannot speak TLS: " + e.getMessage());
        }
    }

    /** The names that the machine knows. */
    private record Names(GuestNames names) implements Dns {

        @Override
        public List<InetAddress> lookup(String hostname) throws UnknownHostException {
            return names.resolve(hostname);
        }
    }

    /** Sockets of the machine's network. */
    private static final class Sockets extends SocketFactory {

        private final Relay relay;

        Sockets(Relay relay) {
            this.relay = relay;
        }

        @Override
        public Socket createSocket() throws IOException {
            return new RelaySocket(relay);
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            throw new IOException("a socket of a machine is connected later");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
            return createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return createSocket(host.getHostAddress(), port);
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
                throws IOException {
            return createSocket(address, port);
        }
    }

    /** Trusts whoever is there. */
    private static final class AnyCertificate implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            return; // asked for: --insecure
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            return; // asked for: --insecure
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
