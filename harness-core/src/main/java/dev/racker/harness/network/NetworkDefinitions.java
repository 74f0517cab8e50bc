package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.json.MalformedJsonException;
import dev.racker.harness.store.AtomicFiles;
import dev.racker.harness.store.Lock;
import dev.racker.harness.store.Locks;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The networks that users have made, a file for each.
 *
 * @param directory where the files are; made with the first one
 * @param locks of this host
 */
record NetworkDefinitions(Path directory, Locks locks) {

    private static final String SUFFIX = ".json";

    /** Held by who makes or removes a network. */
    Lock changing() {
        return locks.exclusive("networks", "definitions");
    }

    /** Held by who is about to use a network, until everybody can see that he does. */
    Lock using() {
        return locks.shared("networks", "definitions");
    }

    /** Held by who chooses ports of the host. */
    Lock publishing() {
        return locks.exclusive("networks", "ports");
    }

    /** All of them, by name. */
    List<NetworkDefinition> list() {
        List<NetworkDefinition> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "[!.]*" + SUFFIX)) {
            for (Path file : files) {
                read(file).ifPresent(all::add);
            }
        } catch (NoSuchFileException e) {
            return all; // none was ever made
        } catch (IOException e) {
            throw new HarnessException("Tried to list " + directory + ", but: " + e.getMessage() + ".", null, e);
        }
        all.sort(Comparator.comparing(NetworkDefinition::name));
        return all;
    }

    /** The one of this name; otherwise of this id, or the only one whose id begins so. */
    Optional<NetworkDefinition> find(String nameOrId) {
        NetworkNames.check(nameOrId);
        Optional<NetworkDefinition> named = read(file(nameOrId));
        if (named.isPresent() || !NetworkOptions.isWord(nameOrId, "")) {
            return named;
        }
        List<NetworkDefinition> matching = new ArrayList<>(list());
        matching.removeIf(network -> !network.id().startsWith(nameOrId));
        if (matching.size() > 1) {
            throw new HarnessException(
                    "Tried to find network \"" + nameOrId + "\", but the ids of "
                            + matching.get(0).name() + " and " + matching.get(1).name() + " begin so.",
                    "Give more of the id, or the name.");
        }
        return matching.stream().findFirst();
    }

    /** The one of this name or id; throws when there is none. */
    NetworkDefinition get(String nameOrId) {
        return find(nameOrId).orElseThrow(() -> new NoSuchNetworkException(nameOrId));
    }

    void write(NetworkDefinition network) {
        AtomicFiles.write(file(network.name()), network.toJson());
    }

    void remove(NetworkDefinition network) {
        try {
            Files.deleteIfExists(file(network.name()));
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to remove network " + network.name() + ", but: " + e.getMessage() + ".", null, e);
        }
    }

    private Path file(String name) {
        return directory.resolve(name + SUFFIX);
    }

    private static Optional<NetworkDefinition> read(Path file) {
        try {
            return Optional.of(NetworkDefinition.fromJson(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new HarnessException("Tried to read " + file + ", but: " + e.getMessage() + ".", null, e);
        } catch (MalformedJsonException e) {
            throw new HarnessException(
                    "Tried to read " + file + ", but " + e.getMessage() + ".",
                    "Remove that file, and create the network again.",
                    e);
        }
    }
}
