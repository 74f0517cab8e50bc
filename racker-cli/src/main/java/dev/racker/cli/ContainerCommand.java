package dev.racker.cli;

import dev.racker.harness.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands for containers, which have shorter names too. */
@Command(name = "container", mixinStandardHelpOptions = true, description = "Manage containers.")
final class ContainerCommand implements Runnable {

    private static final Set<String> WITH_COMMAND = Set.of("run", "create", "exec", "top");

    @Spec
    private CommandSpec spec;

    /**
     * Makes the group.
     *
     * @param wanted the command that is called: only that is looked at; all of them when there is none of that name
     * @param command makes the command of racker of a name
     */
    static CommandLine of(Session session, String wanted, Function<String, Object> command) {
        CommandLine group = new CommandLine(new ContainerCommand());
        Map<String, Object> special = new LinkedHashMap<>();
        special.put("inspect", InspectCommand.ofContainers(session));
        special.put("prune", new ContainerPruneCommand(session));
        String[] names = {
            "attach", "cp", "create", "diff", "exec", "export", "inspect", "kill", "logs", "ls", "pause", "port",
            "prune", "rename", "restart", "rm", "run", "start", "stats", "stop", "top", "unpause", "update", "wait"
        };
        String only = wanted.equals("ps") || wanted.equals("list") ? "ls" : wanted;
        boolean known = Set.of(names).contains(only);
        for (String name : names) {
            if (!known || name.equals(only)) {
                Object made =
                        special.containsKey(name) ? special.get(name) : command.apply(name.equals("ls") ? "ps" : name);
                add(group, name, made);
            }
        }
        return group;
    }

    private static void add(CommandLine group, String name, Object command) {
        CommandLine line = new CommandLine(PicocliOptions.of(command));
        line.getCommandSpec().name(name);
        if (name.equals("ls")) {
            line.getCommandSpec().aliases("ps", "list");
        }
        line.setStopAtPositional(WITH_COMMAND.contains(name));
        group.addSubcommand(name, line);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
