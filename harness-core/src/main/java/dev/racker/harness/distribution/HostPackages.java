package dev.racker.harness.distribution;

import dev.racker.harness.distribution.PackageTool.Item;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.Machine;
import dev.racker.harness.machine.Payload;
import dev.racker.harness.machine.RunningPayload;
import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.CommandResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The packages of one request, with copies of the host's files inside; closing it removes the copies. */
final class HostPackages implements AutoCloseable {

    private static final String DIRECTORY = "/var/tmp/postroj";
    private static final Duration COPY = Duration.ofMinutes(30);
    private static final Duration REMOVAL = Duration.ofMinutes(1);

    /** By a shell and cat, because the smallest images have no tar; readable for the user that apt gives its rights to. */
    private static final String RECEIVE = "umask 022; mkdir -p \"${1%/*}\" && exec cat >\"$1\"";

    private final Machine machine;
    private final PackageFormat format;
    private final List<String> copies = new ArrayList<>();

    HostPackages(Machine machine, PackageFormat format) {
        this.machine = machine;
        this.format = format;
    }

    /** Checks all files before it copies the first. */
    List<Item> items(List<PackageRequest> packages) {
        List<PackageFile> files = new ArrayList<>();
        for (PackageRequest request : packages) {
            if (request instanceof PackageRequest.LocalFile local) {
                files.add(read(local.file()));
            } else if (request instanceof PackageRequest.Remote) {
                throw new IllegalArgumentException("resolve " + request + " first");
            }
        }
        files.forEach(this::copy);
        List<Item> items = new ArrayList<>();
        int next = 0;
        for (PackageRequest request : packages) {
            if (request instanceof PackageRequest.Named named) {
                items.add(new Item(null, named.name(), named.version()));
            } else {
                PackageFile file = files.get(next);
                items.add(new Item(copies.get(next), file.name(), file.version()));
                next++;
            }
        }
        return items;
    }

    private PackageFile read(Path path) {
        PackageFile file = PackageFile.read(path);
        if (file.format() != format) {
            throw new InvalidPackageException(
                    "Tried to install " + path + ", but it is a " + file.format()
                            + ", and the machine installs packages of the kind " + format + ".",
                    "Choose images of the package's family, or the package of this image's family.");
        }
        return file;
    }

    private void copy(PackageFile file) {
        String target = DIRECTORY + "/" + file.safeName();
        if (copies.contains(target)) {
            throw new InvalidPackageException(
                    "Tried to install " + file.file() + ", but another file of the same request is the same package, "
                            + file.name() + " " + file.version() + ".",
                    "Name it once.");
        }
        copies.add(target);
        Payload receive = Payload.of("/bin/sh", "-c", RECEIVE, "sh", target)
                .stdin(Input.pipe())
                .timeout(COPY);
        IOException broken = null;
        CommandResult result;
        try (RunningPayload payload = machine.start(receive)) {
            try (OutputStream out = payload.stdin()) {
                Files.copy(file.file(), out);
            } catch (IOException e) {
                broken = e; // when the other side ended early, its words say more
            }
            result = payload.await();
        }
        if (broken != null || result.status() != 0) {
            throw new HarnessException(
                    "Tried to copy " + file.file() + " to " + target + " in the machine, but "
                            + (result.status() != 0 ? result.errorText() : broken.getMessage()) + ".",
                    null,
                    broken);
        }
    }

    @Override
    public void close() {
        if (copies.isEmpty() || !machine.isAlive()) {
            return;
        }
        List<String> rm = new ArrayList<>(List.of("rm", "-f", "--"));
        rm.addAll(copies);
        machine.tool(rm, REMOVAL);
        machine.tool(List.of("rmdir", DIRECTORY), REMOVAL); // fails while somebody else uses it
    }
}
