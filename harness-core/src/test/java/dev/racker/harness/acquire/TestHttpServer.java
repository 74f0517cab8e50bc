package dev.racker.harness.acquire;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** An HTTP server on a free port of the loopback interface. */
final class TestHttpServer implements AutoCloseable {

    private final HttpServer server;

    TestHttpServer(HttpHandler handler) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                handler.handle(exchange);
            }
        });
        server.start();
    }

    /** Gives one status to everything. */
    static TestHttpServer answering(int status) throws IOException {
        return new TestHttpServer(exchange -> exchange.sendResponseHeaders(status, -1));
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    URI uri(String path) {
        return URI.create("http://" + host() + path);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
