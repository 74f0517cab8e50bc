package dev.racker.harness.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The {@code /etc} of a machine that runs: the files that say how it finds others.
 *
 * @param leaderPid the process id of a process in the machine, as this process sees it
 */
record GuestEtc(long leaderPid) {

    /**
     * Puts other name servers in the place of those that are there.
     *
     * @return whether it was done: a link, which the guest could point anywhere, is not followed
     */
    boolean ask(List<String> servers) {
        return change(Path.of("resolv.conf"), before -> resolving(servers, before));
    }

    /**
     * Lets the machine's own name stand for other addresses in {@code /etc/hosts}; other lines stay.
     *
     * @param before the addresses that it stood for
     * @param now the addresses that it is to stand for
     * @return whether it was done, see {@link #ask}
     */
    boolean rename(String hostname, List<String> before, List<String> now) {
        return change(Path.of("hosts"), text -> naming(hostname, before, now, text));
    }

    private boolean change(Path file, UnaryOperator<String> change) {
        Path root = Path.of("/proc/" + leaderPid + "/root");
        try (DirectoryStream<Path> top = Files.newDirectoryStream(root)) {
            if (!(top instanceof SecureDirectoryStream<Path> secure)) {
                return false;
            }
            try (SecureDirectoryStream<Path> etc =
                    secure.newDirectoryStream(Path.of("etc"), LinkOption.NOFOLLOW_LINKS)) {
                if (isOurs(etc)) {
                    return false; // a process that has only a network of its own sees the host's files
                }
                write(etc, file, change.apply(read(etc, file)));
                return true;
            }
        } catch (IOException e) {
            return false; // the guest has put something else there
        }
    }

    private static boolean isOurs(SecureDirectoryStream<Path> etc) throws IOException {
        BasicFileAttributes guest =
                etc.getFileAttributeView(BasicFileAttributeView.class).readAttributes();
        BasicFileAttributes host = Files.readAttributes(Path.of("/etc"), BasicFileAttributes.class);
        return Objects.equals(guest.fileKey(), host.fileKey());
    }

    private static String read(SecureDirectoryStream<Path> etc, Path file) throws IOException {
        Set<OpenOption> options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try (SeekableByteChannel channel = etc.newByteChannel(file, options)) {
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void write(SecureDirectoryStream<Path> etc, Path file, String text) throws IOException {
        Set<OpenOption> options =
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING, LinkOption.NOFOLLOW_LINKS);
        try (SeekableByteChannel channel = etc.newByteChannel(file, options)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    static String resolving(List<String> servers, String before) {
        StringBuilder text = new StringBuilder();
        servers.forEach(server -> text.append("nameserver ").append(server).append('\n'));
        for (String line : before.split("\n")) {
            if (!line.startsWith("nameserver") && !line.isBlank()) {
                text.append(line).append('\n');
            }
        }
        return text.toString();
    }

    /** The new lines stand where the first of the old ones was. */
    static String naming(String hostname, List<String> before, List<String> now, String text) {
        StringBuilder own = new StringBuilder();
        now.forEach(address -> own.append(address).append('\t').append(hostname).append('\n'));
        StringBuilder lines = new StringBuilder();
        boolean placed = false;
        for (String line : text.split("\n")) {
            int tab = line.indexOf('\t');
            boolean isOwn =
                    tab > 0 && line.substring(tab + 1).equals(hostname) && before.contains(line.substring(0, tab));
            if (!isOwn) {
                lines.append(line).append('\n');
            } else if (!placed) {
                lines.append(own);
                placed = true;
            }
        }
        return placed ? lines.toString() : lines.append(own).toString();
    }
}
