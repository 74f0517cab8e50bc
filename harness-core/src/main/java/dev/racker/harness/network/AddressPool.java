package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The addresses in use, one symbolic link each, called like the address and pointing to the container's id.
 *
 * <p>A link is made with its content in one step, by one taker only, and needs no lock.
 */
record AddressPool(Path directory) {

    /** Takes the lowest free address of a subnet for a container; the subnet of addresses in use goes first. */
    int take(String containerId, Subnet free) throws IOException {
        Set<String> used = names();
        Subnet subnet =
                used.isEmpty() ? free : Subnet.of(Subnet.parse(used.iterator().next()));
        for (int address = subnet.firstHost(); address <= subnet.lastHost(); address++) {
            String name = Subnet.text(address);
            if (!used.contains(name) && link(directory.resolve(name), containerId)) {
                return address;
            }
        }
        throw new HarnessException(
                "Tried to find an address for " + containerId + ", but all of " + subnet + " are in use.",
                "End some machines.");
    }

    /** Who holds which address: address to container id. */
    Map<String, String> holders() throws IOException {
        Map<String, String> holders = new LinkedHashMap<>();
        for (String name : names()) {
            try {
                holders.put(
                        name, Files.readSymbolicLink(directory.resolve(name)).toString());
            } catch (NoSuchFileException e) {
                continue; // given back since the directory was read
            }
        }
        return holders;
    }

    /** Takes one address for a container; false when somebody has it. */
    boolean claim(String address, String containerId) throws IOException {
        return link(directory.resolve(address), containerId);
    }

    /** The container that has an address; empty when nobody has. */
    String holder(String address) throws IOException {
        return holders().getOrDefault(address, "");
    }

    /** The addresses that somebody has. */
    Set<String> names() throws IOException {
        Set<String> names = new HashSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                names.add(entry.getFileName().toString());
            }
        } catch (NoSuchFileException e) {
            return Set.of();
        }
        return names;
    }

    private static boolean link(Path link, String containerId) throws IOException {
        try {
            Files.createSymbolicLink(link, Path.of(containerId));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }
}
