package dev.racker.harness.machine;

import dev.racker.harness.host.Host;
import dev.racker.harness.overlay.LayerStack;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Specifications of machines, of which the exact command lines are tested. */
abstract class MachineCommandsCase {

    static final Path RUN = Path.of("/run/r/machines/1a2b");
    static final Path CONTAINER = Path.of("/srv/ephemeral/1a2b");
    static final Host HOST = new Host(Path.of("/no/such/root"), Map.of());

    final DirectPlane direct = new DirectPlane(Path.of("/no/such/root"), HOST);

    static MachinePlace place(Path run, Path container) {
        return new MachinePlace(run, container, Path.of("/srv/names/web"), Path.of("/var/failed"), true);
    }

    static MachineSpec spec(
            int owners, Isolation isolation, List<Bind> binds, List<Tmpfs> tmpfs, DirectPayload payload) {
        LayerStack stack = new LayerStack(
                List.of(Path.of("/srv/layers/a"), Path.of("/srv/layers/b")),
                CONTAINER.resolve("upper"),
                CONTAINER.resolve("work"),
                true,
                owners);
        return new MachineSpec(
                "1a2b",
                "web",
                "web.example",
                stack,
                place(RUN, CONTAINER),
                isolation,
                binds,
                tmpfs,
                Limits.none(),
                Optional.ofNullable(payload));
    }
}
