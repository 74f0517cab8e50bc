package dev.racker.harness.network;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import dev.racker.harness.store.Locks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Two network namespaces: one plays the host, the other the outside world behind the host's only link. */
final class TestHost implements AutoCloseable {

    static final String HOST_ADDRESS = "198.51.100.1";
    static final String OUTSIDE_ADDRESS = "198.51.100.2";

    private final CommandRunner runner = new CommandRunner();
    private final List<RunningCommand> started = Collections.synchronizedList(new ArrayList<>());
    private final Path directory;
    private final String host;
    private final String outside;
    private final RunningCommand routes;

    TestHost(Path directory) throws IOException {
        this.directory = directory;
        this.host = "rkh" + ProcessHandle.current().pid();
        this.outside = "rko" + ProcessHandle.current().pid();
        run("ip", "netns", "add", host);
        run("ip", "netns", "add", outside);
        run("ip", "-n", host, "link", "add", "out0", "type", "veth", "peer", "name", "in0", "netns", outside);
        up(host, "out0", HOST_ADDRESS);
        up(outside, "in0", OUTSIDE_ADDRESS);
        run("ip", "-n", host, "route", "add", "default", "via", OUTSIDE_ADDRESS);
        resolvConf("nameserver 192.0.2.53\n");
        routes = start(host, "sleep", "infinity");
    }

    private void up(String namespace, String link, String address) {
        run("ip", "-n", namespace, "link", "set", "lo", "up");
        run("ip", "-n", namespace, "address", "add", address + "/24", "dev", link);
        run("ip", "-n", namespace, "link", "set", link, "up");
    }

    /** The networks of this host, with state in the given run directory. */
    Networks networks(Path runDirectory) {
        return networks(runDirectory, List.of());
    }

    /** The networks of this host, seen through one more command that runs its arguments. */
    Networks networks(Path runDirectory, List<String> through) {
        List<String> entry = new ArrayList<>(List.of("ip", "netns", "exec", host));
        entry.addAll(through);
        Path routeTable = Path.of("/proc/" + routes.pid() + "/net/route");
        return new Networks(
                runner,
                runDirectory,
                new NetworkDefinitions(runDirectory.resolve("definitions"), new Locks(runDirectory.resolve("locks"))),
                new HostNetwork(entry, routeTable, new Resolver(resolvConf(), directory.resolve("upstream"))));
    }

    /** Sets the resolv.conf that programs in the host's namespace see. */
    void resolvConf(String text) throws IOException {
        Files.createDirectories(resolvConf().getParent());
        Files.writeString(resolvConf(), text);
    }

    private Path resolvConf() {
        return Path.of("/etc/netns", host, "resolv.conf");
    }

    /** Starts a process in a network namespace of its own, as a machine would be. */
    RunningCommand machine() throws IOException {
        Command command = Command.of("unshare", "--net", "sh", "-c", "echo ready; exec sleep infinity");
        return ready(command);
    }

    /** Starts an {@link FarSide} on the host. */
    void endpoint(String... arguments) throws IOException {
        ready(inHost(endpointCommand(arguments)));
    }

    /** Starts an {@link FarSide} outside. */
    void outsideEndpoint(String... arguments) throws IOException {
        ready(Command.of(in(outside, endpointCommand(arguments))));
    }

    /** Starts a {@link FarSide} in a machine. */
    void endpointIn(RunningCommand machine, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("nsenter", "--net", "--target", Long.toString(machine.pid())));
        all.addAll(List.of(endpointCommand(arguments)));
        ready(Command.of(all));
    }

    /** What a server says to the host that calls it. */
    String callFromHost(String address, int port) {
        return onHost("timeout", "5", "bash", "-c", "exec 3<>/dev/tcp/" + address + "/" + port + "; cat <&3");
    }

    /** What a server says to the world that calls it. */
    String callFromOutside(String address, int port) {
        String call = "exec 3<>/dev/tcp/" + address + "/" + port + "; cat <&3";
        return runner.run(Command.of(in(outside, "timeout", "5", "bash", "-c", call)))
                .text();
    }

    /** Says whether a machine gets an answer from a server within a second. */
    boolean answers(RunningCommand machine, String address, int port) {
        String call = "exec 3<>/dev/tcp/" + address + "/" + port;
        List<String> words = List.of(
                "nsenter", "--net", "--target", Long.toString(machine.pid()), "timeout", "1", "bash", "-c", call);
        return runner.run(Command.of(words).expectAny()).status() == 0;
    }

    private RunningCommand ready(Command command) throws IOException {
        RunningCommand running = runner.start(command.stdout(Command.Output.pipe()));
        started.add(running);
        String said = new BufferedReader(new InputStreamReader(running.stdout(), StandardCharsets.UTF_8)).readLine();
        if (!"ready".equals(said)) {
            throw new IOException(command + " said " + said);
        }
        return running;
    }

    static String[] endpointCommand(String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FarSide.class.getName()));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }

    /** Runs a command in a machine's network and returns what it prints. */
    String inMachine(RunningCommand machine, String... command) {
        List<String> all = new ArrayList<>(List.of("nsenter", "--net", "--target", Long.toString(machine.pid())));
        all.addAll(List.of(command));
        return runner.run(Command.of(all)).text();
    }

    /** What a server says to a machine that calls it. */
    String call(RunningCommand machine, String address, int port) {
        return inMachine(
                machine, "timeout", "5", "bash", "-c", "exec 3<>/dev/tcp/" + address + "/" + port + "; cat <&3");
    }

    String onHost(String... command) {
        return runner.run(inHost(command)).text();
    }

    private Command inHost(String... command) {
        return Command.of(in(host, command));
    }

    /** Everything that a network tool could have changed on the host. */
    String state() {
        return lasting(onHost("ip", "-o", "link"))
                + lasting(onHost("ip", "-4", "address", "show", "scope", "global"))
                + onHost("ip", "route").replace(" linkdown", "")
                + rules("filter")
                + rules("nat")
                + onHost("ip6tables", "-w", "-t", "filter", "-S")
                + onHost("ip6tables", "-w", "-t", "nat", "-S");
    }

    /** Without what the kernel changes by itself, such as the carrier that comes a moment after its link. */
    private static String lasting(String links) {
        return links.replaceAll("(?m)^\\d+: ", "")
                .replaceAll("NO-CARRIER,|,LOWER_UP|state \\S+|@if\\d+|qdisc \\S+", "");
    }

    String rules(String table) {
        return onHost("iptables", "-w", "-t", table, "-S");
    }

    /** Asks the host for the name servers' view of a machine's own program, such as the number of aardvark's processes. */
    List<String> processes(String program) {
        List<String> found = new ArrayList<>();
        String mine = directory.toString();
        ProcessHandle.allProcesses().forEach(process -> {
            String line = process.info().commandLine().orElse("");
            if (line.contains(program) && line.contains(mine)) {
                found.add(process.pid() + " " + line);
            }
        });
        return found;
    }

    private RunningCommand start(String namespace, String... command) {
        RunningCommand running = runner.start(Command.of(in(namespace, command)));
        started.add(running);
        return running;
    }

    private static List<String> in(String namespace, String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(List.of(command));
        return all;
    }

    private void run(String... command) {
        runner.run(Command.of(List.of(command)));
    }

    @Override
    public void close() throws IOException {
        for (RunningCommand running : started) {
            running.close();
        }
        run("ip", "netns", "delete", outside);
        run("ip", "netns", "delete", host);
        Files.delete(resolvConf());
        Files.delete(resolvConf().getParent());
    }
}
