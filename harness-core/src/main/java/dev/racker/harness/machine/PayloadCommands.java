package dev.racker.harness.machine;

import dev.racker.harness.process.Command;
import java.nio.file.Path;

/** The commands of the host that run payloads in a machine. */
final class PayloadCommands {

    private final Machine machine;
    private final MachineSpec spec;
    private final Nsenter nsenter;

    PayloadCommands(Machine machine) {
        this.machine = machine;
        this.spec = machine.spec();
        this.nsenter = new Nsenter(machine.leader());
    }

    /** Runs a payload and ends with it; its unit is of no account in a machine that is not booted. */
    Command running(String unit, Payload payload) {
        return spec.boots() ? service(unit, payload) : entry().command(payload);
    }

    private Command service(String unit, Payload payload) {
        return nsenter.command(SystemdRun.command(unit, payload, user(payload)))
                .expectAny()
                .timeout(payload.timeout())
                .stdin(payload.input())
                .stdout(payload.output())
                .stderr(payload.error());
    }

    /** Starts a payload and ends at once. */
    Command detached(String unit, Payload payload) {
        return spec.boots()
                ? nsenter.command(SystemdRun.detached(unit, payload, user(payload)))
                : entry().detached(payload);
    }

    /** Runs what a container that is kept was made for. */
    Command main(Payload payload) {
        return nsenter.command(SystemdRun.command(Machine.MAIN_PAYLOAD, payload, user(payload)));
    }

    private GuestUser user(Payload payload) {
        GuestUser user = GuestUser.of(machine, payload.user(), payload.group())
                .limited(spec.isolation().ulimits());
        // As with docker, what else runs in the payload goes on when the kernel kills one of its processes.
        return spec.limits().memory() > 0 && GuestSystemd.hasOomPolicy(new GuestRoot(root()))
                ? user.with("OOMPolicy=continue")
                : user;
    }

    private Path root() {
        return Path.of("/proc/" + machine.leader() + "/root");
    }

    private UnbootedEntry entry() {
        return new UnbootedEntry(machine.leader(), spec.isolation().ulimits());
    }

    /** Looks whether a machine is well. */
    Command health(HealthCheck check) {
        if (spec.boots()) {
            return nsenter.command(check.command());
        }
        DirectPayload payload = spec.payload().orElseThrow();
        return entry().command(Payload.of(check.command())
                .env(payload.environment())
                .user(payload.user())
                .in(payload.directory()));
    }
}
