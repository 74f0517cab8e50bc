package dev.racker.cli;

import dev.racker.harness.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands for all that racker keeps on this host. */
@Command(name = "system", mixinStandardHelpOptions = true, description = "Manage what racker keeps on this host.")
final class SystemCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    static CommandLine of(Session session) {
        return new CommandLine(new SystemCommand())
                .addSubcommand(new SystemDfCommand(session))
                .addSubcommand(new EventsCommand(session))
                .addSubcommand(InfoCommand.of(session))
                .addSubcommand(new SystemPruneCommand(session));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
