package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import dev.racker.harness.console.Terminals;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.store.ContainerRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes what is in a container as a tar archive. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Write everything in a container, but nothing that is mounted in it, as a tar archive.")
final class ExportCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to this file instead of standard output.")
    private Path output;

    @Parameters(paramLabel = "CONTAINER", description = "The container, by name or id.")
    private String name;

    ExportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.interruptible(signals -> {
            try {
                export();
                return ExitStatus.OK;
            } catch (HarnessException e) {
                session.tell(e);
                return ExitStatus.PARTIAL;
            }
        });
    }

    private void export() {
        if (output == null && Terminals.isTerminal(1)) {
            throw new HarnessException(
                    "Tried to export to a terminal, but cowardly refusing to save to a terminal.",
                    "Use the -o flag or redirect.");
        }
        Harness harness = session.harness();
        ContainerRecord container = harness.containers().get(name);
        harness.events().container("export", container);
        if (output == null) {
            harness.files().export(container, Output.inherit());
            return;
        }
        Path file = output.toAbsolutePath();
        Path unfinished = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            try {
                harness.files().export(container, Output.append(unfinished));
                Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw new HarnessException("Tried to write " + output + ", but: " + e.getMessage() + ".", null, e);
        }
    }
}
