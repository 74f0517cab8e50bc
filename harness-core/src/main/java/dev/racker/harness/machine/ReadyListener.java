package dev.racker.harness.machine;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Hears the notify messages of one machine, see sd_notify(3) and the option --notify-ready of systemd-nspawn(1).
 *
 * <p>Java has no datagram sockets in the file system, so systemd-socket-activate(1) holds the socket and hands the
 * messages on as text.
 */
final class ReadyListener implements AutoCloseable {

    private static final String LEADER = "X_NSPAWN_LEADER_PID=";
    private static final String READY = "READY=1";
    private static final String HELD = "X_RACKER_HELD=";

    private final RunningCommand listener;
    private final StringBuilder heard = new StringBuilder();
    private final byte[] buffer = new byte[4096];

    private ReadyListener(RunningCommand listener) {
        this.listener = listener;
    }

    /** Starts to listen on a socket that must not exist; returns before it is there, the supervisor waits for it. */
    static ReadyListener open(CommandRunner runner, Path socket) {
        // It ends with this process, however that ends: nothing is there yet that would look for it.
        // The accepted socket is standard input and output of the program, so only standard error leads back here.
        return new ReadyListener(runner.start(Command.of(
                        "setpriv",
                        "--pdeathsig=KILL",
                        "systemd-socket-activate",
                        "--datagram",
                        "--inetd",
                        "--listen=" + socket,
                        "/bin/sh",
                        "-c",
                        "exec cat >&2")
                .timeout(Duration.ofDays(1))
                .expectAny()
                .stdout(Output.discard())
                .stderr(Output.pipe())));
    }

    /** Waits for the process id of the machine's init in the host's numbering; -1 when the machine ended before. */
    long awaitLeader() {
        while (true) {
            int start = heard.indexOf(LEADER);
            if (start >= 0) {
                return number(start + LEADER.length());
            }
            if (!hear()) {
                return -1;
            }
        }
    }

    /** The frozen cgroup in which the supervisor holds the payload whose leader is known; null when it does not. */
    Path held() {
        int start = heard.indexOf(HELD);
        return start < 0 ? null : Path.of(heard.substring(start + HELD.length(), heard.indexOf("\n", start)));
    }

    /** Waits for the init's word that all of its start-up is done; false when the machine ended before. */
    boolean awaitReady() {
        while (heard.indexOf(READY) < 0) {
            if (!hear()) {
                return false;
            }
        }
        return true;
    }

    private long number(int start) {
        int end = start;
        while (end < heard.length() && Character.isDigit(heard.charAt(end))) {
            end++;
        }
        return Long.parseLong(heard, start, end, 10);
    }

    private boolean hear() {
        try {
            InputStream messages = listener.stderr();
            int count = messages.read(buffer);
            if (count < 0) {
                return false;
            }
            heard.append(new String(buffer, 0, count, StandardCharsets.US_ASCII));
            return true;
        } catch (IOException e) {
            return false; // the listener was closed: the machine has ended or its time is up
        }
    }

    /** Stops listening; whoever waits is told that nothing came. */
    void stop() {
        listener.kill();
    }

    @Override
    public void close() {
        listener.close();
    }
}
