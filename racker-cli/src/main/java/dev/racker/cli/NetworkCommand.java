package dev.racker.cli;

import dev.racker.harness.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands for networks. */
@Command(name = "network", mixinStandardHelpOptions = true, description = "Manage networks.")
final class NetworkCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    static CommandLine of(Session session) {
        return new CommandLine(new NetworkCommand())
                .addSubcommand(new NetworkConnectCommand(session))
                .addSubcommand(new NetworkCreateCommand(session))
                .addSubcommand(new NetworkDisconnectCommand(session))
                .addSubcommand(new NetworkInspectCommand(session))
                .addSubcommand(new NetworkLsCommand(session))
                .addSubcommand(new NetworkPruneCommand(session))
                .addSubcommand(new NetworkRmCommand(session));
    }

    /** Runs what fails with status 1, as docker's commands do that ask its daemon. */
    static int telling(Session session, Runnable action) {
        try {
            action.run();
            return ExitStatus.OK;
        } catch (dev.racker.harness.error.HarnessException e) {
            session.tell(e);
            return ExitStatus.PARTIAL;
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
