package dev.racker.harness;

import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import dev.racker.harness.machine.DirectPayload;
import dev.racker.harness.machine.Payload;
import java.util.ArrayList;
import java.util.List;

/**
 * What runs in a container, beside its init when that is booted.
 *
 * @param arguments the program and its arguments; empty for nothing but the init
 * @param environment {@code NAME=value} for each variable
 * @param user a user name or number; empty for root
 * @param group a group name or number; empty for the user's own
 * @param directory the absolute working directory
 * @param terminal whether it has a terminal
 * @param interactive whether it can be given input
 * @param inputEnds whether its input ends with whoever gives it any first, while it has no terminal
 * @param init whether it runs under a small init when it is not booted
 */
public record ContainerProcess(
        List<String> arguments,
        List<String> environment,
        String user,
        String group,
        String directory,
        boolean terminal,
        boolean interactive,
        boolean inputEnds,
        boolean init) {

    /** Takes copies of the lists. */
    public ContainerProcess {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
    }

    /** Nothing but the init. */
    public static ContainerProcess none() {
        return new ContainerProcess(List.of(), List.of(), "", "", "/", false, false, false, false);
    }

    /** Says whether anything runs beside the init. */
    public boolean exists() {
        return !arguments.isEmpty();
    }

    /** As a service of a booted machine with this host name, its streams not connected. */
    public Payload payload(String hostname) {
        return Payload.of(arguments).user(user).group(group).in(directory).env(environment(hostname));
    }

    /** As the only process of a machine with this host name. */
    public DirectPayload direct(String hostname) {
        return DirectPayload.of(arguments)
                .env(environment(hostname))
                .as(group.isEmpty() ? user : user + ":" + group, List.of())
                .in(directory)
                .onTerminal(terminal)
                .underInit(init);
    }

    private List<String> environment(String hostname) {
        List<String> all = new ArrayList<>(environment.size() + 1);
        all.add("HOSTNAME=" + hostname); // a later one replaces it
        all.addAll(environment);
        return all;
    }

    void write(JsonWriter json) {
        json.strings("arguments", arguments)
                .strings("environment", environment)
                .string("user", user)
                .string("group", group)
                .string("directory", directory)
                .bool("terminal", terminal)
                .bool("interactive", interactive)
                .bool("input_ends", inputEnds)
                .bool("init", init);
    }

    static ContainerProcess read(JsonReader in) {
        List<String> arguments = List.of();
        List<String> environment = List.of();
        String user = "";
        String group = "";
        String directory = "/";
        boolean terminal = false;
        boolean interactive = false;
        boolean inputEnds = false;
        boolean init = false;
        in.object();
        for (String property = in.property(); property != null; property = in.property()) {
            switch (property) {
                case "arguments" -> arguments = in.strings();
                case "environment" -> environment = in.strings();
                case "user" -> user = in.string();
                case "group" -> group = in.string();
                case "directory" -> directory = in.string();
                case "terminal" -> terminal = in.bool();
                case "interactive" -> interactive = in.bool();
                case "input_ends" -> inputEnds = in.bool();
                case "init" -> init = in.bool();
                default -> in.skip();
            }
        }
        return new ContainerProcess(
                arguments, environment, user, group, directory, terminal, interactive, inputEnds, init);
    }
}
