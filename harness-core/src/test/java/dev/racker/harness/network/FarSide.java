package dev.racker.harness.network;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A program that plays the other side in a network namespace; it says "ready" when it listens and ends when killed. */
final class FarSide {

    private FarSide() {}

    /** Arguments: tcp ADDRESS PORT, udp ADDRESS PORT, dns ADDRESS ANSWER, lookup SERVER NAME, or ask ADDRESS PORT. */
    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "tcp" -> greet(arguments[1], Integer.parseInt(arguments[2]));
            case "udp" -> echo(arguments[1], Integer.parseInt(arguments[2]));
            case "ask" -> System.out.println(say(arguments[1], Integer.parseInt(arguments[2])));
            case "dns" -> answer(arguments[1], arguments[2]);
            case "lookup" -> ask(arguments[1], arguments[2]);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Tells each caller the address that its call comes from. */
    private static void greet(String address, int port) throws IOException {
        try (ServerSocket server = new ServerSocket()) {
            server.bind(new InetSocketAddress(address, port));
            System.out.println("ready");
            while (true) {
                try (Socket caller = server.accept()) {
                    caller.getOutputStream()
                            .write((caller.getInetAddress().getHostAddress() + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    /** Tells each caller the address that its datagram comes from. */
    private static void echo(String address, int port) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, port))) {
            System.out.println("ready");
            DatagramPacket question = new DatagramPacket(new byte[512], 512);
            while (true) {
                question.setLength(512);
                socket.receive(question);
                byte[] reply = question.getAddress().getHostAddress().getBytes(StandardCharsets.UTF_8);
                socket.send(new DatagramPacket(reply, reply.length, question.getSocketAddress()));
            }
        }
    }

    private static String say(String address, int port) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(1000);
            socket.connect(new InetSocketAddress(address, port));
            DatagramPacket answer = exchange(socket, new DatagramPacket(new byte[1], 1), 3);
            return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8);
        }
    }

    /** Answers every DNS question for an address with the same one. */
    private static void answer(String address, String answer) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, 53))) {
            System.out.println("ready");
            DatagramPacket question = new DatagramPacket(new byte[512], 512);
            while (true) {
                question.setLength(512);
                socket.receive(question);
                byte[] reply =
                        reply(question.getData(), InetAddress.getByName(answer).getAddress());
                socket.send(new DatagramPacket(reply, reply.length, question.getSocketAddress()));
            }
        }
    }

    private static byte[] reply(byte[] question, byte[] address) {
        int end = 12;
        while (question[end] != 0) {
            end += question[end] + 1;
        }
        end += 5;
        byte[] reply = Arrays.copyOf(question, end + 16);
        reply[2] = (byte) 0x81;
        reply[3] = (byte) 0x80;
        reply[7] = 1;
        Arrays.fill(reply, 8, 12, (byte) 0);
        byte[] record = {(byte) 0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4};
        System.arraycopy(record, 0, reply, end, 12);
        System.arraycopy(address, 0, reply, end + 12, 4);
        return reply;
    }

    /** Asks a server for the address of a name and prints it, or "none" when it says that there is none. */
    private static void ask(String server, String name) throws IOException {
        byte[] question = new byte[12 + name.length() + 2 + 4];
        question[1] = 7;
        question[2] = 1;
        question[5] = 1;
        int at = 12;
        for (String label : name.split("\\.")) {
            question[at++] = (byte) label.length();
            for (byte b : label.getBytes(StandardCharsets.UTF_8)) {
                question[at++] = b;
            }
        }
        question[at + 2] = 1;
        question[at + 4] = 1;
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(1000);
            socket.connect(new InetSocketAddress(server, 53));
            DatagramPacket answer = exchange(socket, new DatagramPacket(question, question.length), 5);
            if (answer.getData()[7] == 0) {
                System.out.println("none");
                return;
            }
            byte[] address = Arrays.copyOfRange(answer.getData(), answer.getLength() - 4, answer.getLength());
            System.out.println(InetAddress.getByAddress(address).getHostAddress());
        }
    }

    /** Asks again when no answer comes, as each resolver does: aardvark-dns listens anew when it learns of a machine. */
    private static DatagramPacket exchange(DatagramSocket socket, DatagramPacket question, int attempts)
            throws IOException {
        DatagramPacket answer = new DatagramPacket(new byte[512], 512);
        socket.send(question);
        try {
            socket.receive(answer);
            return answer;
        } catch (SocketTimeoutException e) {
            if (attempts == 1) {
                throw e;
            }
            return exchange(socket, question, attempts - 1);
        }
    }
}
