package dev.racker.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Passes on everything to a port of the loopback interface, but no more than some bytes from it until it may. */
final class StallingProxy implements AutoCloseable {

    private final CountDownLatch stalled = new CountDownLatch(1);
    private final CountDownLatch resumed = new CountDownLatch(1);
    private final AtomicLong left;
    private final int target;
    private final ServerSocket server;

    /** Takes a host and port, and how many bytes come from there before it stalls. */
    StallingProxy(String target, long limit) throws IOException {
        this.target = Integer.parseInt(target.substring(target.indexOf(':') + 1));
        this.left = new AtomicLong(limit);
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon("proxy", this::accept);
    }

    /** Host and port. */
    String host() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Has come down when no more is passed on. */
    CountDownLatch stalled() {
        return stalled;
    }

    /** Passes on the rest. */
    void resume() {
        resumed.countDown();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
            daemon("proxy request", () -> pass(client, upstream, false));
            daemon("proxy answer", () -> pass(upstream, client, true));
        }
    }

    private void pass(Socket from, Socket to, boolean limited) throws IOException {
        try (from;
                to) {
            byte[] buffer = new byte[1 << 14];
            for (int n = from.getInputStream().read(buffer);
                    n >= 0;
                    n = from.getInputStream().read(buffer)) {
                if (limited && left.addAndGet(-n) < 0) {
                    stalled.countDown();
                    await(resumed);
                }
                to.getOutputStream().write(buffer, 0, n);
            }
        }
    }

    /** Waits in a thread that serves; an interrupt is an end of the connection. */
    static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        resume();
        server.close();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        return; // one of the two ends is gone, as the tests mean it
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }
}
