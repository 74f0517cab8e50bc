package dev.racker.harness.machine;

import dev.racker.harness.process.Command;
import java.util.ArrayList;
import java.util.List;

/** Command lines of nsenter(1): a program of the machine, run as its root in all of its namespaces, or one of the host. */
final class Nsenter {

    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final long leader;

    Nsenter(long leader) {
        this.leader = leader;
    }

    Command command(List<String> arguments) {
        List<String> all = new ArrayList<>(arguments.size() + 8);
        all.add("nsenter");
        all.add("--target=" + leader);
        all.add("--all");
        all.add("--setuid=0");
        all.add("--setgid=0");
        all.add("--");
        all.addAll(arguments);
        return Command.of(all).env("PATH", PATH).env("HOME", "/root");
    }

    /** A program of the host in the machine's network namespace; it ends with this process, however that ends. */
    Command network(List<String> program) {
        List<String> all = new ArrayList<>(program.size() + 5);
        all.add("setpriv");
        all.add("--pdeathsig=KILL");
        all.add("nsenter");
        all.add("--net=/proc/" + leader + "/ns/net");
        all.add("--");
        all.addAll(program);
        return Command.of(all);
    }
}
