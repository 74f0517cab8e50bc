package dev.racker.harness.machine;

import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import java.util.List;

/**
 * Which system calls a machine may make instead of those that systemd-nspawn(1) lets through.
 *
 * @param unconfined whether all of them, then the lists are empty
 * @param allowed names or groups to allow
 * @param denied names or groups to deny even when they are allowed
 */
public record Seccomp(boolean unconfined, List<String> allowed, List<String> denied) {

    /** Takes copies of the lists. */
    public Seccomp {
        allowed = List.copyOf(allowed);
        denied = List.copyOf(denied);
    }

    /** Every system call. */
    public static Seccomp none() {
        return new Seccomp(true, List.of(), List.of());
    }

    void arguments(List<String> arguments) {
        if (!allowed.isEmpty()) {
            arguments.add("--system-call-filter=" + String.join(" ", allowed));
        }
        if (!denied.isEmpty()) {
            arguments.add("--system-call-filter=~" + String.join(" ", denied));
        }
    }

    void write(JsonWriter json) {
        json.bool("unconfined", unconfined).strings("allowed", allowed).strings("denied", denied);
    }

    static Seccomp read(JsonReader in) {
        boolean unconfined = false;
        List<String> allowed = List.of();
        List<String> denied = List.of();
        in.object();
        for (String property = in.property(); property != null; property = in.property()) {
            switch (property) {
                case "unconfined" -> unconfined = in.bool();
                case "allowed" -> allowed = in.strings();
                case "denied" -> denied = in.strings();
                default -> in.skip();
            }
        }
        return new Seccomp(unconfined, allowed, denied);
    }
}
