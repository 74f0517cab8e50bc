package dev.racker.harness.machine;

import java.util.ArrayList;
import java.util.List;

/** Command lines of the guest's own systemd-run(1): a payload as a transient service of the machine. */
final class SystemdRun {

    private SystemdRun() {}

    /** Waits for the payload, connected to the streams of whoever calls it. */
    static List<String> command(String unit, Payload payload, GuestUser user) {
        return command(unit, payload, user, List.of("--wait", payload.terminal() ? "--pty" : "--pipe"));
    }

    /** Only starts the payload, which has no streams. */
    static List<String> detached(String unit, Payload payload, GuestUser user) {
        return command(unit, payload, user, List.of("--property=StandardOutput=null", "--property=StandardError=null"));
    }

    private static List<String> command(String unit, Payload payload, GuestUser user, List<String> streams) {
        List<String> arguments = new ArrayList<>(40);
        arguments.add("systemd-run");
        arguments.add("--quiet");
        arguments.add("--collect");
        arguments.addAll(streams);
        arguments.add("--unit=" + unit);
        arguments.add("--description=" + payload.arguments().get(0));
        arguments.add("--property=TimeoutStopSec=10s");
        arguments.add("--service-type=exec");
        arguments.addAll(user.properties());
        boolean elsewhere = !"/".equals(payload.directory());
        if (elsewhere) {
            // The minus lets the unit start so that the directory can be made, as docker does.
            arguments.add("--property=WorkingDirectory=-" + payload.directory());
            arguments.add("--property=ExecStartPre=-+/bin/sh -c \"mkdir -p -- \\\"$$1\\\" 2>/dev/null\" sh "
                    + quote(payload.directory()));
        }
        for (String variable : payload.environment()) {
            arguments.add("--setenv=" + variable);
        }
        arguments.add("--");
        arguments.addAll(user.command());
        arguments.add("/bin/sh");
        arguments.add("-c");
        arguments.add(expansion(elsewhere ? PayloadShell.ENTERING + PayloadShell.SCRIPT : PayloadShell.SCRIPT));
        arguments.add("sh");
        if (elsewhere) {
            arguments.add(expansion(payload.directory()));
        }
        for (String argument : payload.arguments()) {
            arguments.add(expansion(argument));
        }
        return arguments;
    }

    /** systemd.service(5), "Command lines": a dollar sign begins a variable, two of them are one. */
    private static String expansion(String argument) {
        return argument.replace("$", "$$");
    }

    private static String quote(String path) {
        return '"' + expansion(path).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
