package dev.racker.harness.machine;

import dev.racker.harness.network.Attachment;
import dev.racker.harness.overlay.*;
import dev.racker.harness.process.*;
import java.nio.file.*;
import java.time.Duration;
import java.util.*;

class Scratch {
    public static void main(String[] a) throws Exception {
        String id = "abc123";
        Path run = Path.of("/run/rk-lead/machines/" + id), c = Path.of("/var/lib/rk-exp/lead/containers/" + id);
        Files.createDirectories(run);
        Files.createDirectories(c);
        LayerStack st = new LayerStack(
                List.of(Path.of("/var/lib/rk-exp/shifted")), c.resolve("upper"), c.resolve("work"), true, 524288);
        WritableLayer w = new WritableLayer(st);
        w.create();
        w.write("etc", "hostname", "hello\n");
        MachineSpec spec = new MachineSpec(
                id,
                "rk-" + id,
                "hello",
                st,
                new MachinePlace(run, c, c.resolveSibling("name"), c.resolveSibling("failures"), true),
                new Isolation(true, false),
                List.of(),
                List.of(),
                Optional.empty());
        Attachment n = new Attachment() {
            public String resolvConf() {
                return "";
            }

            public String teardownProgram() {
                return "";
            }

            public void connect(long l) {}

            public void close() {}
        };
        CommandRunner r = new CommandRunner(l -> {
            if (System.getenv("DEBUG") != null) System.err.println("+ " + l);
        });
        long t0 = System.nanoTime();
        try (Machine m = new MachineLauncher(
                        r, System.getenv("MACHINED") != null ? new MachinedPlane() : new DirectPlane(Path.of("/")))
                .launch(spec, n, Duration.ofSeconds(Integer.getInteger("t", 30)))) {
            System.err.println("ready " + (System.nanoTime() - t0) / 1000000);
            System.err.println(m.run("sh", "-c", "echo $$ $HOME; id; echo err >&2; hostname; exit 7"));
            CommandResult x = m.run("sh", "-c", "echo $$ $HOME; id; echo err >&2; cat /proc/self/cgroup; exit 7");
            System.err.println(x.status() + " " + x.text() + " | " + x.errorText());
            for (String s : List.of("kill -TERM $$", "kill -KILL $$", "kill -INT $$", "exit 203", "true", "nosuch"))
                System.err.println(s + " -> " + m.run("sh", "-c", s).status());
            System.err.println(m.run("nosuch").status() + m.run("nosuch").errorText());
            System.err.println(
                    m.run("/etc/passwd").status() + m.run("/etc/passwd").errorText());
            System.err.println(m.run(Payload.of("sh", "-c", "pwd; id; env")
                            .in("/a b%c/$d\"e")
                            .user("nobody")
                            .env(List.of("A=x $HOME y")))
                    .text());
            System.err.println(m.run(Payload.of("id").user("12345")).text());
            System.err.println(m.run(Payload.of("id").user("12345").group("0")).text());
            m.files().copyIn(Path.of("/etc/passwd"), "/root/a,b &c");
            m.files().copyOut("/root/a,b &c", Path.of("/tmp/xx"));
            System.err.println(Files.mismatch(Path.of("/etc/passwd"), Path.of("/tmp/xx")));
            m.readiness().awaitUnit("dbus", Duration.ofSeconds(3));
            System.err.println(m.journal().tail(3));
            if (System.getenv("HANG") != null) {
                System.err.println(m.leader());
                System.in.read();
            }
            if (System.getenv("PTY") != null)
                System.err.println(
                        "pty " + m.run(Payload.of(List.of(a)).onTerminal()).status());
            t0 = System.nanoTime();
        }
        System.err.println("closed " + (System.nanoTime() - t0) / 1000000);
    }
}
