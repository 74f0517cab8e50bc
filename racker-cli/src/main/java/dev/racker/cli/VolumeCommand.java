package dev.racker.cli;

import dev.racker.harness.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands for volumes. */
@Command(name = "volume", mixinStandardHelpOptions = true, description = "Manage volumes.")
final class VolumeCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    static CommandLine of(Session session) {
        return new CommandLine(new VolumeCommand())
                .addSubcommand(new VolumeCreateCommand(session))
                .addSubcommand(new VolumeInspectCommand(session))
                .addSubcommand(new VolumeLsCommand(session))
                .addSubcommand(new VolumePruneCommand(session))
                .addSubcommand(new VolumeRmCommand(session));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
