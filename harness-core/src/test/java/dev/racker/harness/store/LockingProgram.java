package dev.racker.harness.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Another process that locks: {@code DIR shared|exclusive} until its input ends, or {@code DIR count FILE TIMES}. */
final class LockingProgram {

    private LockingProgram() {}

    public static void main(String[] arguments) throws IOException {
        Locks locks = new Locks(Path.of(arguments[0]));
        if (arguments[1].equals("count")) {
            System.out.println("started");
            count(locks, Path.of(arguments[2]), Integer.parseInt(arguments[3]));
            return;
        }
        boolean shared = arguments[1].equals("shared");
        try (Lock lock = shared ? locks.shared("kind", "id") : locks.exclusive("kind", "id")) {
            System.out.println(lock == null ? "nothing" : "held");
            while (System.in.read() >= 0) {
                continue;
            }
        }
    }

    /** Adds one to a number in a file, again and again; without a lock, additions are lost. */
    static void count(Locks locks, Path file, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            Lock lock = locks.exclusive("counter", "x");
            int number = Integer.parseInt(Files.readString(file));
            Files.writeString(file, String.valueOf(number + 1));
            lock.close();
        }
    }
}
