package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandException;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Gives a machine that runs other limits. */
final class LimitChange {

    private static final String SWAP = "memory.memsw.limit_in_bytes";

    private final MachineSpec spec;

    /** Takes the machine with the limits that it shall have. */
    LimitChange(MachineSpec spec) {
        this.spec = spec;
    }

    /**
     * Writes to the files of its cgroups.
     *
     * @throws HarnessException when the machine is in no cgroup of that controller, or the kernel refuses
     */
    void write(List<CgroupSetting> settings) {
        for (CgroupSetting setting : settings) {
            Path file = Path.of(setting.file());
            if (!Files.isDirectory(file.getParent())) {
                throw new HarnessException(
                        "Tried to change the limits of " + spec.name() + ", but it is in no cgroup " + file.getParent()
                                + ".",
                        "The limits count when it is started again: racker restart " + spec.name());
            }
            if (file.endsWith("memory.limit_in_bytes")) {
                memory(file, setting.value());
            } else if (Files.exists(file)) {
                write(file, setting.value());
            }
        }
    }

    /** In version 1, memory and swap together may never be less than memory alone. */
    private void memory(Path file, String value) {
        Path swap = file.resolveSibling(SWAP);
        if (!Files.exists(swap)) {
            write(file, value);
            return;
        }
        String before = read(swap);
        write(swap, "-1");
        try {
            write(file, value);
        } catch (HarnessException failure) {
            write(swap, before);
            throw failure;
        }
    }

    private String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw failed("it has ended", e);
        }
    }

    private void write(Path file, String value) {
        try {
            Files.writeString(file, value, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            throw failed("it has ended", e);
        } catch (IOException e) {
            throw failed("the kernel refuses " + value + " for " + file + ": " + e.getMessage(), e);
        }
    }

    /** Sets properties of its unit. */
    void set(List<String> properties, CommandRunner runner) {
        List<String> command =
                new ArrayList<>(List.of("systemctl", "set-property", "--runtime", MachinedPlane.unit(spec.id())));
        command.addAll(properties);
        try {
            runner.run(Command.of(command));
        } catch (CommandException e) {
            throw failed("systemd refuses: " + e.getMessage(), e);
        }
    }

    private HarnessException failed(String reason, Exception cause) {
        return new HarnessException(
                "Tried to change the limits of " + spec.name() + ", but " + reason + ".",
                "Give it limits that it does not exceed already.",
                cause);
    }
}
