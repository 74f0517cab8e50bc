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

/**
 * The {@code /etc/resolv.conf} of a machine that runs.
 *
 * @param leaderPid the process id of a process in the machine, as this process sees it
 */
record GuestResolver(long leaderPid) {

    private static final Path FILE = Path.of("resolv.conf");

    /**
     * Puts other name servers in the place of those that are there.
     *
     * @return whether it was done: a link, which the guest could point anywhere, is not followed
     */
    boolean ask(List<String> servers) {
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
                write(etc, text(servers, read(etc)));
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

    private static String read(SecureDirectoryStream<Path> etc) throws IOException {
        Set<OpenOption> options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try (SeekableByteChannel channel = etc.newByteChannel(FILE, options)) {
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void write(SecureDirectoryStream<Path> etc, String text) throws IOException {
        Set<OpenOption> options =
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING, LinkOption.NOFOLLOW_LINKS);
        try (SeekableByteChannel channel = etc.newByteChannel(FILE, options)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private static String text(List<String> servers, String before) {
        StringBuilder text = new StringBuilder();
        servers.forEach(server -> text.append("nameserver ").append(server).append('\n'));
        for (String line : before.split("\n")) {
            if (!line.startsWith("nameserver") && !line.isBlank()) {
                text.append(line).append('\n');
            }
        }
        return text.toString();
    }
}
