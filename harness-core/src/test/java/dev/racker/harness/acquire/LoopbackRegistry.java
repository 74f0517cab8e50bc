package dev.racker.harness.acquire;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real registry (docker-registry) on a free port of the loopback interface; closing it ends it. */
public final class LoopbackRegistry implements AutoCloseable {

    public static final String USER = "alice";
    public static final String PASSWORD = "s3cret:with colon";

    private static final CommandRunner RUNNER = new CommandRunner();

    private final Path directory;
    private final RunningCommand program;
    private final Thread drain;
    private final String host;

    private LoopbackRegistry(Path directory, String extra, String access) throws IOException {
        this.directory = directory;
        Path config = directory.resolve("config.yml");
        Files.writeString(config, """
                version: 0.1
                log: {level: info}
                storage: {filesystem: {rootdirectory: "%s"}}
                http: {addr: "127.0.0.1:0"%s}
                %s
                """.formatted(directory.resolve("data"), extra, access));
        this.program = RUNNER.start(
                Command.of("docker-registry", "serve", config.toString()).stderr(Command.Output.pipe()));
        BufferedReader log = new BufferedReader(new InputStreamReader(program.stderr(), StandardCharsets.UTF_8));
        this.host = address(log);
        this.drain = new Thread(() -> readAll(log), "docker-registry-log");
        drain.setDaemon(true);
        drain.start();
    }

    /** Speaks HTTP to everybody; its files are in a directory that is there. */
    public static LoopbackRegistry plain(Path directory) throws IOException {
        return new LoopbackRegistry(directory, "", "");
    }

    /** Speaks TLS with a certificate that nobody knows; {@link #certDir()} has it. */
    static LoopbackRegistry tls(Path directory) throws IOException {
        Path certDir = Files.createDirectories(directory.resolve("certs"));
        Path key = directory.resolve("key.pem");
        Path certificate = certDir.resolve("ca.crt");
        RUNNER.run(Command.of("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2")
                .with("-keyout", key.toString(), "-out", certificate.toString())
                .with("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"));
        String tls = ", tls: {certificate: \"%s\", key: \"%s\"}".formatted(certificate, key);
        return new LoopbackRegistry(directory, tls, "");
    }

    /** Wants {@link #USER} and {@link #PASSWORD}. */
    public static LoopbackRegistry withLogin(Path directory) throws IOException {
        Path file = directory.resolve("htpasswd");
        Files.writeString(
                file, RUNNER.run(Command.of("htpasswd", "-nbB", USER, PASSWORD)).text() + "\n");
        return new LoopbackRegistry(directory, "", "auth: {htpasswd: {realm: test, path: \"%s\"}}".formatted(file));
    }

    private static String address(BufferedReader log) throws IOException {
        String marker = "listening on ";
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            int start = line.indexOf(marker);
            if (start >= 0) {
                String rest = line.substring(start + marker.length());
                int end = 0;
                while (end < rest.length() && "0123456789.:".indexOf(rest.charAt(end)) >= 0) {
                    end++;
                }
                return rest.substring(0, end);
            }
        }
        throw new IOException("docker-registry ended before it listened");
    }

    private static void readAll(BufferedReader log) {
        try (log) {
            while (log.readLine() != null) {
                continue;
            }
        } catch (IOException e) {
            // Ending a program closes its pipes under whoever reads them; nobody needs the rest of the log.
            return;
        }
    }

    /** Host and port. */
    public String host() {
        return host;
    }

    Path certDir() {
        return directory.resolve("certs");
    }

    /** Puts an image into the registry, all of an index. */
    public void push(Path layout, String tag, String name) {
        RUNNER.run(Command.of("skopeo", "copy", "--quiet", "--all", "--dest-tls-verify=false")
                .with("--dest-creds=" + USER + ":" + PASSWORD)
                .with("oci:" + layout + ":" + tag, "docker://" + host + "/" + name));
    }

    @Override
    public void close() {
        program.terminate();
        program.await();
        program.close();
        try {
            drain.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
