package dev.racker.harness.probe;

import dev.racker.harness.machine.Machine;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A way into the network of a machine as its own programs see it, its localhost included; nothing of it is inside.
 *
 * <p>A thread cannot enter a network namespace and have the rest of the JVM stay outside, so one process of
 * {@link RelayProgram} is there instead, reached by a unix socket in the machine's runtime directory. It dies with this
 * process.
 */
final class Relay implements AutoCloseable {

    private static final int LONGEST_LINE = 1000;

    private final RunningCommand program;
    private final Path socket;

    private Relay(RunningCommand program, Path socket) {
        this.program = program;
        this.socket = socket;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @throws UnlookableException when it cannot be started
     */
    static Relay open(Machine machine) {
        String name = "relay-" + Integer.toHexString(ThreadLocalRandom.current().nextInt());
        Path socket = machine.spec().place().run().resolve(name);
        // Starts as fast as a JVM can, keeps little, and leaves no hsperfdata.
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xmx64m",
                "-cp",
                ownClasses(),
                RelayProgram.class.getName(),
                socket.toString());
        RunningCommand program = machine.startInNetwork(command);
        try {
            byte[] ready = program.stdout().readNBytes("ready\n".length());
            if (ready.length == 0) {
                String said = program.await().errorText();
                throw new UnlookableException("the program that enters the machine's network said: "
                        + TextPattern.shown(said.isEmpty() ? "nothing" : said));
            }
            return new Relay(program, socket);
        } catch (IOException e) {
            program.close();
            throw new UnlookableException("the machine's network could not be entered: " + e.getMessage());
        } catch (RuntimeException e) {
            program.close();
            throw e;
        }
    }

    private static String ownClasses() {
        return Path.of(java.net.URI.create(RelayProgram.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString()))
                .toString();
    }

    /**
     * Connects to a port of the machine's network.
     *
     * @throws ConnectException when nobody accepts the connection; its message says why
     */
    SocketChannel connect(InetAddress address, int port, Duration timeout) throws IOException {
        SocketChannel channel = request("tcp", address, port, timeout);
        boolean connected = false;
        try {
            String answer = line(channel);
            if (!answer.equals("ok")) {
                throw new ConnectException(reason(answer));
            }
            connected = true;
            return channel;
        } finally {
            if (!connected) {
                channel.close();
            }
        }
    }

    /** Sends a datagram; {@code answered}, {@code refused}, {@code silent}, or why it could not be sent. */
    String ask(InetAddress address, int port, Duration timeout) throws IOException {
        try (SocketChannel channel = request("udp", address, port, timeout)) {
            String answer = line(channel);
            return answer.startsWith("error") ? reason(answer) : answer;
        }
    }

    private SocketChannel request(String protocol, InetAddress address, int port, Duration timeout) throws IOException {
        String request =
                protocol + " " + address.getHostAddress() + " " + port + " " + Math.max(1, timeout.toMillis()) + "\n";
        SocketChannel channel = open();
        RelayProgram.writeFully(channel, ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    private SocketChannel open() {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw new UnlookableException("the way into the machine's network broke: " + e.getMessage());
        }
    }

    /** Byte by byte: what comes after the line is not ours. */
    private static String line(SocketChannel channel) throws IOException {
        byte[] bytes = new byte[LONGEST_LINE];
        ByteBuffer one = ByteBuffer.allocate(1);
        int length = 0;
        while (length < bytes.length && channel.read(one) == 1 && one.get(0) != '\n') {
            bytes[length++] = one.get(0);
            one.clear();
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static String reason(String answer) {
        String reason = answer.startsWith("error ") ? answer.substring("error ".length()) : "no answer";
        return reason.isEmpty() ? reason : Character.toLowerCase(reason.charAt(0)) + reason.substring(1);
    }

    @Override
    public void close() {
        program.close();
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            return; // the machine's directory, and with it the socket, is being removed
        }
    }
}
