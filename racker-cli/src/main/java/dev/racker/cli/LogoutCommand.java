package dev.racker.cli;

import dev.racker.harness.Session;
import dev.racker.harness.acquire.RegistryLogin;
import dev.racker.harness.host.Requirements;
import dev.racker.harness.host.Tool;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Forgets the log-in at a registry. */
@Command(name = "logout", mixinStandardHelpOptions = true, description = "Forget the log-in at a registry.")
final class LogoutCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-a", "--all"},
            description = "Forget the log-ins at all registries.")
    private boolean all;

    @Option(
            names = "--authfile",
            paramLabel = "FILE",
            description = "Remove the log-in from this file (default: as for racker login).")
    private Path authFile;

    @Parameters(arity = "0..1", paramLabel = "REGISTRY", description = "Host and port of it (default: docker.io).")
    private String server;

    LogoutCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Requirements.check(session.host(), Tool.SKOPEO);
        RegistryLogin logins = new RegistryLogin(session.runner());
        Path file = RegistryFlags.absolute(authFile);
        if (all) {
            logins.logoutAll(file);
            session.out().println("Removing login credentials for all registries");
            return ExitStatus.OK;
        }
        String host = RegistryHost.of(server);
        session.out()
                .println(
                        logins.logout(host, file)
                                ? "Removing login credentials for " + host
                                : "Not logged in to " + host);
        return ExitStatus.OK;
    }
}
