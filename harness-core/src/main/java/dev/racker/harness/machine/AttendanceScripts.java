package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The command lines of {@code payload.sh} and {@code health.sh}, which the supervisor runs beside a machine that is kept. */
final class AttendanceScripts {

    private final MachinePlace place;

    AttendanceScripts(MachinePlace place) {
        this.place = place;
    }

    /** Lets the supervisor run a payload as this command, which enters the machine. */
    void payload(long leader, Duration farewell, boolean terminal, Command client) {
        List<String> command = script("payload.sh", place.run().toString());
        command.add(place.container().toString());
        command.add(Long.toString(leader));
        command.add(Long.toString(farewell.toSeconds()));
        command.add(terminal ? "terminal" : "pipes");
        if (terminal) {
            new TerminalScripts(place).write(environment(client));
        } else {
            command.addAll(environment(client));
        }
        write("attend.sh", command);
    }

    /** Lets the supervisor call this command, which enters the machine, to see whether it works. */
    void health(HealthCheck check, Command client) {
        List<String> command = script("health.sh", place.run().toString());
        command.add(seconds(check.interval()));
        command.add(seconds(check.timeout()));
        command.add(Integer.toString(check.retries()));
        command.add(seconds(check.startPeriod()));
        command.add(seconds(check.startInterval()));
        command.addAll(environment(client));
        write("health.sh", command);
    }

    /** Lets the supervisor watch over a machine that is to be claimed; zero is for ever. */
    void standby(Duration idle) {
        String run = place.run().toString();
        List<String> program = script("standby.sh", "owner");
        program.addAll(0, List.of("setpriv", "--pdeathsig", "KILL"));
        program.add(run);
        write("owner.sh", program);
        if (!idle.isZero()) {
            program.set(program.size() - 2, "expiry");
            program.add(seconds(idle));
            write("expiry.sh", program);
        }
    }

    private List<String> script(String name, String argument) {
        Path copy = place.run().resolve("run-" + name);
        try {
            Script.copy(name, copy);
        } catch (IOException e) {
            throw failed(copy, e);
        }
        List<String> command = new ArrayList<>();
        command.add("/bin/sh");
        command.add(copy.toString());
        command.add(argument);
        return command;
    }

    /** timeout(1) takes fractions. */
    private static String seconds(Duration duration) {
        return duration.toSeconds() + "." + String.format("%03d", duration.toMillisPart());
    }

    private static List<String> environment(Command client) {
        List<String> command = new ArrayList<>();
        command.add("env");
        client.environment().forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(client.arguments());
        return command;
    }

    private void write(String name, List<String> command) {
        Path file = place.run().resolve(name);
        try {
            Files.writeString(file, "exec " + Command.of(command) + "\n");
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static HarnessException failed(Path path, IOException cause) {
        return new HarnessException(
                "Tried to prepare the machine in " + path + ", but: " + cause.getMessage() + ".",
                "Check the free space and the permissions of that file system.",
                cause);
    }
}
