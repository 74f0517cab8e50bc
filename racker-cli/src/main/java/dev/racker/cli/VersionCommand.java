package dev.racker.cli;

import dev.racker.cli.format.GoTemplate;
import dev.racker.harness.Session;
import dev.racker.harness.host.Host;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tells the version of this program, in docker's shape: client and server are the same. */
@Command(name = "version", mixinStandardHelpOptions = true, description = "Tell the version of racker.")
final class VersionCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "json|TEMPLATE",
            description = "Print as JSON, or by a template of Go's such as {{.Server.Version}}.")
    private String format = "";

    VersionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Host host = session.host();
        String architecture = architecture(host.kernel().architecture());
        if (format.isEmpty()) {
            for (String part : new String[] {"Client", "Server"}) {
                session.out().println(part + ": racker");
                session.out().println(" Version:      " + Version.number());
                session.out().println(" Java version: " + System.getProperty("java.version"));
                session.out().println(" OS/Arch:      linux/" + architecture);
            }
            return ExitStatus.OK;
        }
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        part(document.putObject("Client"), host, architecture);
        part(document.putObject("Server"), host, architecture);
        session.out()
                .println(
                        format.equals("json")
                                ? document.toString()
                                : GoTemplate.parse(format).render(document));
        return ExitStatus.OK;
    }

    private static void part(ObjectNode node, Host host, String architecture) {
        node.put("Version", Version.number());
        node.put("JavaVersion", System.getProperty("java.version"));
        node.put("Os", "linux");
        node.put("Arch", architecture);
        node.put("KernelVersion", host.kernel().release());
    }

    private static String architecture(String machine) {
        return machine.equals("x86_64") ? "amd64" : machine.equals("aarch64") ? "arm64" : machine;
    }
}
