package dev.racker.cli;

import dev.racker.harness.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands for images, which most of the time have a shorter name too. */
@Command(name = "image", mixinStandardHelpOptions = true, description = "Manage images.")
final class ImageCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    static CommandLine of(Session session) {
        CommandLine group = new CommandLine(new ImageCommand());
        add(group, "history", new HistoryCommand(session));
        add(group, "import", new ImportCommand(session));
        add(group, "inspect", new ImageInspectCommand(session));
        add(group, "load", new LoadCommand(session));
        add(group, "ls", new ImagesCommand(session), "list");
        add(group, "prune", new ImagePruneCommand(session));
        add(group, "pull", new PullCommand(session));
        add(group, "push", new PushCommand(session));
        add(group, "rm", new RmiCommand(session), "remove");
        add(group, "save", new SaveCommand(session));
        add(group, "tag", new TagCommand(session));
        add(group, "untag", new UntagCommand(session));
        return group;
    }

    /** Under its name in the group, which help and messages show. */
    private static void add(CommandLine group, String name, Object command, String... aliases) {
        CommandLine line = new CommandLine(PicocliOptions.of(command));
        line.getCommandSpec().name(name).aliases(aliases);
        group.addSubcommand(name, line);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
