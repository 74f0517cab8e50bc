package dev.racker.cli;

import dev.racker.harness.Session;
import dev.racker.harness.acquire.RegistryLogin;
import dev.racker.harness.acquire.RegistryOptions;
import dev.racker.harness.console.Terminals;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.host.Requirements;
import dev.racker.harness.host.Tool;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Logs in at a registry. */
@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        description = "Log in at a registry. The log-in is kept where skopeo and podman look for it.")
final class LoginCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-u", "--username"},
            paramLabel = "USER",
            description = "Log in as this user. Without it, a terminal is asked.")
    private String user;

    @Option(
            names = {"-p", "--password"},
            paramLabel = "PASSWORD",
            description = "The password, which everybody on this host can see meanwhile.")
    private String password;

    @Option(names = "--password-stdin", description = "Read the password from standard input.")
    private boolean fromStdin;

    @Option(
            names = "--tls-verify",
            paramLabel = "true|false",
            arity = "0..1",
            fallbackValue = "true",
            description = "Check the certificate of the registry, or allow plain HTTP too (default: true).")
    private Boolean tlsVerify;

    @Option(
            names = "--authfile",
            paramLabel = "FILE",
            description = "Keep the log-in in this file (default: $REGISTRY_AUTH_FILE, or containers/auth.json in "
                    + "$XDG_RUNTIME_DIR).")
    private Path authFile;

    @Option(names = "--cert-dir", paramLabel = "DIR", description = "Trust the certificates (*.crt) in this directory.")
    private Path certificates;

    @Parameters(arity = "0..1", paramLabel = "REGISTRY", description = "Host and port of it (default: docker.io).")
    private String server;

    LoginCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Requirements.check(session.host(), Tool.SKOPEO);
        String host = RegistryHost.of(server);
        if (fromStdin && password != null) {
            throw refused(host, "--password and --password-stdin exclude each other", "Use --password-stdin.");
        }
        if (fromStdin && user == null) {
            throw refused(host, "--password-stdin wants --username", "Add --username USER.");
        }
        if (password != null) {
            session.err().println("A password on the command line can be seen by everybody: use --password-stdin.");
        }
        String name = user == null ? ask(host, "Username: ", true) : user;
        String secret = fromStdin ? read(host) : password == null ? ask(host, "Password: ", false) : password;
        new RegistryLogin(session.runner())
                .login(
                        host,
                        name,
                        secret,
                        new RegistryOptions(
                                tlsVerify,
                                null,
                                RegistryFlags.absolute(authFile),
                                RegistryFlags.absolute(certificates)));
        session.out().println("Login Succeeded");
        return ExitStatus.OK;
    }

    private static String read(String host) {
        try {
            String text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
            return text.endsWith("\r\n")
                    ? text.substring(0, text.length() - 2)
                    : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        } catch (IOException e) {
            throw refused(host, "standard input cannot be read: " + e.getMessage(), "Try again.");
        }
    }

    private static String ask(String host, String prompt, boolean visible) {
        Console console = Terminals.isTerminal(0) ? System.console() : null;
        if (console == null) {
            throw refused(
                    host,
                    (visible ? "no user name" : "no password") + " was given, and standard input is no terminal",
                    "Use --username USER --password-stdin.");
        }
        if (visible) {
            return console.readLine(prompt);
        }
        char[] typed = console.readPassword(prompt);
        return typed == null ? "" : new String(typed);
    }

    private static HarnessException refused(String host, String problem, String hint) {
        return new HarnessException("Tried to log in at " + host + ", but " + problem + ".", hint);
    }
}
