package dev.racker.harness.machine;

import dev.racker.harness.process.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a payload is started with nothing of its image: the host's toolbox does it.
 *
 * <p>The commands enter the working directory, making it when it is missing, take on the ids, set exactly the environment
 * that is given, and become the payload, or end with 126 or 127 when that cannot be.
 *
 * @param toolbox the programs that the machine is shown
 * @param ids whom the payload runs as
 */
public record PayloadStart(Toolbox toolbox, GuestIds ids) {

    /**
     * The command line, inside a machine, that becomes its first process.
     *
     * @param drop the capabilities to drop, as capabilities(7) names them, that the start itself needs
     */
    List<String> first(DirectPayload payload, List<String> drop) {
        String manner = payload.terminal() ? "terminal" : "first";
        List<String> environment = withHome(payload.environment(), ids);
        List<String> command = begin(manner, payload.directory(), environment, payload.arguments());
        command.addAll(privileges(ids));
        if (!drop.isEmpty()) {
            command.add(boundingSet(drop));
        }
        command.add("--");
        command.addAll(end(environment, payload.init(), payload.arguments()));
        return command;
    }

    /**
     * The command line, inside a machine, that becomes another process.
     *
     * @param capabilities the bounding set of the machine's first process, a bit for each as in proc_pid_status(5)
     * @param mayGain whether more may be gained by executing a program
     */
    static List<String> beside(Payload payload, GuestIds ids, long capabilities, boolean mayGain) {
        List<String> environment = withHome(payload.environment(), ids);
        List<String> command = begin("beside", payload.directory(), environment, payload.arguments());
        command.addAll(privileges(ids));
        command.add(boundingSet(capabilities));
        if (!mayGain) {
            command.add("--no-new-privs");
        }
        command.add("--");
        List<String> end = end(environment, false, payload.arguments());
        if (payload.terminal()) {
            command.addAll(Toolbox.program("script"));
            command.addAll(List.of("--quiet", "--return", "--command", "exec " + Command.of(end), "/dev/null"));
        } else {
            command.addAll(end);
        }
        return command;
    }

    /** As docker does: who is not told where his home is finds it in the environment. */
    private static List<String> withHome(List<String> environment, GuestIds ids) {
        for (String variable : environment) {
            if (variable.startsWith("HOME=")) {
                return environment;
            }
        }
        List<String> all = new ArrayList<>(environment);
        all.add("HOME=" + ids.home());
        return all;
    }

    private static List<String> begin(String manner, String directory, List<String> environment, List<String> payload) {
        List<String> command = new ArrayList<>(32 + environment.size() + payload.size());
        command.addAll(Toolbox.program("sh"));
        command.add(Toolbox.PLACE + "/start");
        command.add(manner);
        command.add(directory.isEmpty() ? "/" : directory);
        command.add(path(environment));
        command.add(payload.get(0));
        return command;
    }

    private static List<String> privileges(GuestIds ids) {
        List<String> command = new ArrayList<>(Toolbox.program("setpriv"));
        command.add("--reuid=" + ids.uid());
        command.add("--regid=" + ids.gid());
        command.add(groups(ids.groups()));
        command.add("--inh-caps=-all");
        return command;
    }

    /** setpriv(1) has the names without "CAP_", in lower case. */
    private static String boundingSet(List<String> drop) {
        StringBuilder text = new StringBuilder("--bounding-set=");
        String separator = "";
        for (String name : drop) {
            text.append(separator)
                    .append('-')
                    .append(name.substring("CAP_".length()).toLowerCase(Locale.ROOT));
            separator = ",";
        }
        return text.toString();
    }

    /** The environment comes last, because it may be meant for the loader of the image's own programs. */
    private static List<String> end(List<String> environment, boolean init, List<String> payload) {
        List<String> command = new ArrayList<>(Toolbox.program("env"));
        command.add("--ignore-environment");
        command.add("--");
        command.addAll(environment);
        if (init) {
            command.add(Toolbox.init());
            command.add("--");
        }
        command.addAll(payload);
        return command;
    }

    private static String groups(List<Integer> groups) {
        if (groups.isEmpty()) {
            return "--clear-groups";
        }
        StringBuilder text = new StringBuilder("--groups=");
        String separator = "";
        for (int group : groups) {
            text.append(separator).append(group);
            separator = ",";
        }
        return text.toString();
    }

    private static String boundingSet(long capabilities) {
        StringBuilder text = new StringBuilder("--bounding-set=-all");
        for (int i = 0; i < Long.SIZE; i++) {
            if ((capabilities >>> i & 1) != 0) {
                text.append(",+cap_").append(i);
            }
        }
        return text.toString();
    }

    private static String path(List<String> environment) {
        for (int i = environment.size() - 1; i >= 0; i--) {
            if (environment.get(i).startsWith("PATH=")) {
                return environment.get(i).substring("PATH=".length());
            }
        }
        return "";
    }
}
