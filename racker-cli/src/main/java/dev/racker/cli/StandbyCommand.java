package dev.racker.cli;

import dev.racker.harness.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands for machines that are booted before anybody asks for one. */
@Command(
        name = "standby",
        mixinStandardHelpOptions = true,
        description = "Boot machines before they are asked for: `run --rm` and `postroj pkgprobe` take them.")
final class StandbyCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    static CommandLine of(Session session) {
        return new CommandLine(new StandbyCommand())
                .addSubcommand(new StandbySetCommand(session))
                .addSubcommand(new StandbyLsCommand(session))
                .addSubcommand(new StandbyRmCommand(session));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
