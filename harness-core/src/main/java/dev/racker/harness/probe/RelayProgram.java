package dev.racker.harness.probe;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A program of its own, which {@link Relay} starts in the network of a machine, where no other part of this process can be.
 *
 * <p>It listens on a unix socket, whose path is its argument, and ends when its standard input does. Each connection begins
 * with a line {@code tcp ADDRESS PORT MILLISECONDS} or {@code udp ...}; the answer is a line, {@code ok} or
 * {@code error} and why not, or for UDP {@code answered}, {@code refused} or {@code silent}. After {@code ok} it passes bytes
 * between the two ends.
 */
final class RelayProgram {

    private static final int BUFFER = 1 << 14;
    private static final int LONGEST_LINE = 200;

    private RelayProgram() {}

    /** Takes the path of the socket. */
    public static void main(String[] arguments) throws IOException {
        Path path = Path.of(arguments[0]);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            daemon(() -> accept(server));
            try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
                out.write("ready\n".getBytes(StandardCharsets.US_ASCII));
            }
            try (InputStream in = new FileInputStream(FileDescriptor.in)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        } finally {
            Files.deleteIfExists(path);
        }
    }

    private static void accept(ServerSocketChannel server) throws IOException {
        while (true) {
            SocketChannel caller = server.accept();
            daemon(() -> {
                try (caller) {
                    serve(caller);
                }
            });
        }
    }

    private static void serve(SocketChannel caller) throws IOException {
        String[] words = line(caller).split(" ");
        InetSocketAddress target = new InetSocketAddress(InetAddress.getByName(words[1]), Integer.parseInt(words[2]));
        int timeout = Integer.parseInt(words[3]);
        if (words[0].equals("udp")) {
            answer(caller, ask(target, timeout));
            return;
        }
        try (Socket socket = new Socket()) {
            try {
                socket.connect(target, timeout);
            } catch (IOException e) {
                answer(caller, "error " + e.getMessage());
                return;
            }
            answer(caller, "ok");
            Thread back = daemon(() -> back(socket, caller));
            forth(caller, socket);
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forth(SocketChannel caller, Socket socket) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try {
            while (caller.read(buffer) >= 0) {
                socket.getOutputStream().write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            socket.shutdownOutput();
        } catch (IOException e) {
            socket.close(); // one end is gone, so the other one goes too
        }
    }

    private static void back(Socket socket, SocketChannel caller) throws IOException {
        byte[] bytes = new byte[BUFFER];
        try {
            for (int n = socket.getInputStream().read(bytes);
                    n >= 0;
                    n = socket.getInputStream().read(bytes)) {
                writeFully(caller, ByteBuffer.wrap(bytes, 0, n));
            }
            caller.shutdownOutput();
        } catch (IOException e) {
            caller.close(); // as above
        }
    }

    /** A socket that is connected hears of ICMP's "port unreachable", which an open port never sends. */
    private static String ask(InetSocketAddress target, int timeout) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(target);
            socket.setSoTimeout(timeout);
            socket.send(new DatagramPacket(new byte[] {'\n'}, 1));
            socket.receive(new DatagramPacket(new byte[BUFFER], BUFFER));
            return "answered";
        } catch (PortUnreachableException e) {
            return "refused";
        } catch (SocketTimeoutException e) {
            return "silent";
        } catch (IOException e) {
            return "error " + e.getMessage();
        }
    }

    private static String line(SocketChannel caller) throws IOException {
        StringBuilder line = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (line.length() < LONGEST_LINE && caller.read(one) == 1 && one.get(0) != '\n') {
            line.append((char) one.get(0));
            one.clear();
        }
        return line.toString();
    }

    private static void answer(SocketChannel caller, String line) throws IOException {
        writeFully(caller, ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    static void writeFully(SocketChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private static Thread daemon(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                return; // a connection broke: its caller sees that
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
