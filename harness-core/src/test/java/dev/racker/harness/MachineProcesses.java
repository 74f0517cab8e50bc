package dev.racker.harness;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processes on the host that hold the machines of one store. */
final class MachineProcesses {

    private final Path machines;

    /** Takes the store that the machines belong to. */
    MachineProcesses(TestImage image) {
        this.machines = image.directories().run().resolve("machines");
    }

    /** The processes of all machines of this store. */
    List<ProcessHandle> all() throws IOException {
        List<ProcessHandle> found = new ArrayList<>();
        try (DirectoryStream<Path> each = Files.newDirectoryStream(machines)) {
            for (Path machine : each) {
                found.addAll(processes(machine.getFileName().toString()));
            }
        } catch (NoSuchFileException e) {
            return found; // none was ever started
        }
        return found;
    }

    /** The supervisor of the machine with this id. */
    ProcessHandle supervisor(String id) throws IOException {
        return process(id, "supervise.sh run");
    }

    /** The first process, the parent of others alike, whose command line names the machine's runtime directory. */
    ProcessHandle process(String id, String program) throws IOException {
        List<ProcessHandle> found = processes(id);
        found.removeIf(process -> {
            String line = Residue.commandLine(Path.of("/proc/" + process.pid()));
            return !line.contains(program)
                    || line.startsWith("systemd-run")
                    || program.equals("systemd-nspawn") != line.startsWith(program);
        });
        return found.stream()
                .filter(handle ->
                        handle.parent().map(parent -> !found.contains(parent)).orElse(true))
                .findFirst()
                .orElseThrow();
    }

    /** Those that were started for a machine; a client of systemd ends a moment after its unit. */
    private List<ProcessHandle> processes(String id) throws IOException {
        String run = machines.resolve(id).toString();
        List<ProcessHandle> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (Residue.commandLine(process).contains(run)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(found::add);
                }
            }
        }
        return found;
    }
}
