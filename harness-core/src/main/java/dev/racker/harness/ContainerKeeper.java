package dev.racker.harness;

import dev.racker.harness.machine.Attendance;
import dev.racker.harness.machine.Machine;
import dev.racker.harness.machine.MachineLauncher;
import dev.racker.harness.machine.Payload;
import dev.racker.harness.machine.PayloadMachine;
import dev.racker.harness.store.ContainerRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Starts containers whose machines outlive this process. */
final class ContainerKeeper {

    private final MachineLauncher machines;
    private final ContainerLife life;

    ContainerKeeper(MachineLauncher machines, ContainerLife life) {
        this.machines = machines;
        this.life = life;
    }

    /**
     * Starts a container and lets go of it.
     *
     * @param again starts it again when its policy wants that: a program and its arguments
     */
    ContainerRecord letGo(PreparedContainer made, List<String> again) {
        life.restartWith(made.record(), made.options().lifecycle().restart(), machines.plane(), again);
        if (made.spec().boots()) {
            keep(made);
        } else {
            keepPayload(made);
        }
        made.lock().close();
        return made.record();
    }

    private void keep(PreparedContainer made) {
        ContainerOptions options = made.options();
        Machine machine = machines.launchDetached(made.spec(), made.network(), options.bootTimeout());
        try {
            ContainerProcess process = options.process();
            String hostname = made.spec().hostname();
            machine.keep(new Attendance(
                    process.exists() ? Optional.of(payload(process, hostname)) : Optional.empty(),
                    options.ephemeral() ? Duration.ZERO : options.lifecycle().stopTimeout(),
                    options.lifecycle().health()));
        } catch (RuntimeException | Error failure) {
            PreparedContainer.closeAfter(failure, machine::close);
            throw failure;
        }
    }

    private static Payload payload(ContainerProcess process, String hostname) {
        Payload payload = process.payload(hostname);
        return process.terminal() ? payload.onTerminal() : payload;
    }

    private void keepPayload(PreparedContainer made) {
        PayloadMachine machine = machines.launchDetached(made.spec(), made.network());
        try {
            machine.keep(new Attendance(
                    Optional.empty(), Duration.ZERO, made.options().lifecycle().health()));
        } catch (RuntimeException | Error failure) {
            PreparedContainer.closeAfter(failure, machine::close);
            throw failure;
        }
    }
}
