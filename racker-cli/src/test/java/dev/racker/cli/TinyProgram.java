package dev.racker.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A static program of a few instructions, made without a compiler: it prints a text and ends with a status. */
final class TinyProgram {

    private static final int HEADERS = 64 + 56;
    private static final long ADDRESS = 0x400000;

    private TinyProgram() {}

    /** Writes the program for the architecture of this machine. */
    static void write(Path file, String text, int status) throws IOException {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        byte[] code = arm ? arm64(message.length, status) : amd64(message.length, status);
        int size = HEADERS + code.length + message.length;
        ByteBuffer program = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        // elf(5): 64 bits, little-endian, executable; one segment that holds the whole file.
        program.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
        program.putShort((short) 2).putShort((short) (arm ? 183 : 62)).putInt(1);
        program.putLong(ADDRESS + HEADERS).putLong(64).putLong(0).putInt(0);
        program.putShort((short) 64).putShort((short) 56).putShort((short) 1).position(64);
        program.putInt(1).putInt(5).putLong(0).putLong(ADDRESS).putLong(ADDRESS);
        program.putLong(size).putLong(size).putLong(0x1000);
        program.put(code).put(message);
        Files.write(file, program.array());
        file.toFile().setExecutable(true, false);
    }

    /** write(1, text, length); exit(status). */
    private static byte[] amd64(int length, int status) {
        ByteBuffer code = ByteBuffer.allocate(36).order(ByteOrder.LITTLE_ENDIAN);
        code.put((byte) 0xb8).putInt(1); // mov eax, SYS_write
        code.put((byte) 0xbf).putInt(1); // mov edi, 1
        code.put(new byte[] {0x48, (byte) 0x8d, 0x35}).putInt(19); // lea rsi, [rip + 19]
        code.put((byte) 0xba).putInt(length); // mov edx, length
        code.put(new byte[] {0x0f, 0x05}); // syscall
        code.put((byte) 0xb8).putInt(60); // mov eax, SYS_exit
        code.put((byte) 0xbf).putInt(status); // mov edi, status
        code.put(new byte[] {0x0f, 0x05}); // syscall
        return code.array();
    }

    private static byte[] arm64(int length, int status) {
        ByteBuffer code = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        code.putInt(0xd2800000 | 1 << 5); // mov x0, 1
        code.putInt(0x10000001 | 7 << 5); // adr x1, 28 bytes from here
        code.putInt(0xd2800002 | length << 5); // mov x2, length
        code.putInt(0xd2800008 | 64 << 5); // mov x8, SYS_write
        code.putInt(0xd4000001); // svc 0
        code.putInt(0xd2800000 | status << 5); // mov x0, status
        code.putInt(0xd2800008 | 93 << 5); // mov x8, SYS_exit
        code.putInt(0xd4000001); // svc 0
        return code.array();
    }
}
