package dev.racker.cli;

import dev.racker.harness.error.HarnessException;
import java.util.ArrayList;
import java.util.List;

/** The command line by which this program is called again, by the supervisor of a container that is to be restarted. */
final class SelfCommand {

    private SelfCommand() {}

    /** Starts a container again by its policy; its id is the last argument and is appended by whoever writes it down. */
    static List<String> start() {
        List<String> command = new ArrayList<>(java());
        command.add("start");
        command.add("--by-policy");
        return command;
    }

    /** Java with its options, up to the main class, and where the state is kept. */
    private static List<String> java() {
        ProcessHandle.Info info = ProcessHandle.current().info();
        List<String> command = new ArrayList<>();
        command.add("env");
        for (String name : List.of("RACKER_STATE_DIR", "RACKER_RUN_DIR", "RACKER_CACHE_DIR", "PATH")) {
            String value = System.getenv(name);
            if (value != null) {
                command.add(name + "=" + value);
            }
        }
        command.add(info.command().orElseThrow(SelfCommand::unknown));
        for (String argument : info.arguments().orElseThrow(SelfCommand::unknown)) {
            command.add(argument);
            if (argument.equals(Racker.class.getName())) {
                return command;
            }
        }
        throw unknown();
    }

    private static HarnessException unknown() {
        return new HarnessException(
                "Tried to find out how racker was called, but the system does not say.", "Mount /proc.");
    }
}
