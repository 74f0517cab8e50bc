package dev.racker.harness.machine;

import java.util.ArrayList;
import java.util.List;

/** Command lines of the guest's own systemd-run(1): a payload as a transient service of the machine. */
final class SystemdRun {

    /**
     * Runs the payload as a child, because systemd tells neither which signal ended a service nor, through
     * systemd-run, a death by SIGTERM from success; a shell gives 126, 127 and 128 + n as docker does. The shell's own
     * messages are dropped; the payload keeps the real standard error.
     */
    private static final String WRAPPER = "trap : HUP INT QUIT TERM\n"
            + "exec 3>&2 2>/dev/null\n"
            + "if ! command -v -- \"$1\" >/dev/null; then\n"
            + "    if [ -e \"$1\" ]; then echo \"racker: cannot execute \\\"$1\\\": permission denied\" >&3; exit 126; fi\n"
            + "    echo \"racker: cannot find \\\"$1\\\" in the machine: no such file on its PATH\" >&3; exit 127\n"
            + "fi\n"
            + "\"$@\" 2>&3 3>&-\n"
            + "exit $?";

    private SystemdRun() {}

    static List<String> command(String unit, Payload payload) {
        List<String> arguments = new ArrayList<>(32);
        arguments.add("systemd-run");
        arguments.add("--quiet");
        arguments.add("--collect");
        arguments.add("--wait");
        arguments.add(payload.terminal() ? "--pty" : "--pipe");
        arguments.add("--unit=" + unit);
        arguments.add("--description=" + payload.arguments().get(0));
        arguments.add("--property=TimeoutStopSec=10s");
        arguments.add("--service-type=exec");
        if (!payload.user().isEmpty()) {
            arguments.add("--uid=" + payload.user());
        }
        if (!payload.group().isEmpty()) {
            arguments.add("--gid=" + payload.group());
        }
        if (!"/".equals(payload.directory())) {
            // The minus lets the unit start so that the directory can be made, as docker does.
            arguments.add("--property=WorkingDirectory=-" + specifier(payload.directory()));
            arguments.add("--property=ExecStartPre=+/bin/mkdir -p -- " + quote(payload.directory()));
        }
        for (String variable : payload.environment()) {
            arguments.add("--setenv=" + variable);
        }
        arguments.add("--");
        arguments.add("/bin/sh");
        arguments.add("-c");
        arguments.add(expansion(WRAPPER));
        arguments.add("sh");
        for (String argument : payload.arguments()) {
            arguments.add(expansion(argument));
        }
        return arguments;
    }

    /** systemd.service(5), "Command lines": a dollar sign begins a variable, two of them are one. */
    private static String expansion(String argument) {
        return argument.replace("$", "$$");
    }

    /** systemd.unit(5), "Specifiers": a percent sign begins one, two of them are one. */
    private static String specifier(String argument) {
        return argument.replace("%", "%%");
    }

    private static String quote(String path) {
        return '"' + expansion(specifier(path)).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
