package dev.racker.harness.host;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandException;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Asks the installed tools for their versions, all at the same time. */
public final class ToolVersions {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final CommandRunner runner;

    /** Creates an asker that starts the tools with this runner. */
    public ToolVersions(CommandRunner runner) {
        this.runner = runner;
    }

    /** The versions of the tools that the host has; empty text for a tool that fails, hangs or does not say. */
    public Map<Tool, String> of(Host host) {
        Map<Tool, RunningCommand> asked = new EnumMap<>(Tool.class);
        Map<Tool, String> versions = new EnumMap<>(Tool.class);
        try {
            for (Tool tool : Tool.values()) {
                Optional<Path> path = host.tool(tool);
                if (path.isPresent()) {
                    versions.put(tool, "");
                    ask(asked, tool, path.get());
                }
            }
            asked.forEach((tool, command) -> versions.put(tool, answer(tool, command)));
            return versions;
        } finally {
            asked.values().forEach(RunningCommand::close);
        }
    }

    private void ask(Map<Tool, RunningCommand> asked, Tool tool, Path path) {
        Command command = Command.of(path.toString(), tool.question().argument())
                .timeout(PATIENCE)
                .expectAny();
        try {
            asked.put(tool, runner.start(command));
        } catch (CommandException broken) {
            // A file that cannot be executed is listed without a version: a report must not end there.
            asked.remove(tool);
        }
    }

    private static String answer(Tool tool, RunningCommand command) {
        try {
            CommandResult result = command.await();
            String version = tool.question().versionIn(result.text());
            return version.isEmpty() ? tool.question().versionIn(result.errorText()) : version;
        } catch (CommandException hanging) {
            // Killed by its deadline; listed without a version, like a tool that does not say.
            return "";
        }
    }
}
