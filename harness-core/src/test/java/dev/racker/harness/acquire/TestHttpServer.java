package dev.racker.harness.acquire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on a free port of the loopback interface that says exactly what a test wants, one request a connection. */
final class TestHttpServer implements AutoCloseable {

    /** The name under which the request's first line is among its headers. */
    static final String REQUEST = ":request";

    /** Writes a whole answer, or a part of one; the connection ends afterwards. */
    interface Answer {
        void write(Map<String, String> headers, OutputStream out) throws IOException;
    }

    private final ServerSocket socket;
    private final Answer answer;
    private final Thread thread;
    final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();

    TestHttpServer(Answer answer) throws IOException {
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.answer = answer;
        this.thread = new Thread(this::serve, "test-http");
        thread.setDaemon(true);
        thread.start();
    }

    /** Gives one status to everything. */
    static TestHttpServer answering(int status) throws IOException {
        return new TestHttpServer((headers, out) -> head(out, status, "Content-Length: 0"));
    }

    static void head(OutputStream out, int status, String... headers) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Status\r\nConnection: close\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
                connection.setSoTimeout(5000);
                String first = firstLine(in);
                if (first == null || !first.contains(" HTTP/1.")) {
                    continue; // somebody tries TLS
                }
                Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    headers.put(
                            line.substring(0, line.indexOf(':')),
                            line.substring(line.indexOf(':') + 1).strip());
                }
                headers.put(REQUEST, first);
                requests.add(headers);
                answer.write(headers, connection.getOutputStream());
            } catch (IOException e) {
                // The other side hung up, or the test is over: the next connection is another matter.
                continue;
            }
        }
    }

    /** A TLS greeting starts with the byte 22 and has no end of line. */
    private static String firstLine(BufferedReader in) throws IOException {
        in.mark(1);
        if (in.read() == 22) {
            return null;
        }
        in.reset();
        return in.readLine();
    }

    String host() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    URI uri(String path) {
        return URI.create("http://" + host() + path);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
