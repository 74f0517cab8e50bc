package dev.racker.harness.machine;

import dev.racker.harness.overlay.LayerStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that decides how a machine starts; a value, turned into arguments by {@link NspawnArguments}.
 *
 * @param id the container's id, unique on this host
 * @param name the machine's name: a host name of at most 64 characters
 * @param hostname the host name inside
 * @param stack the layers of its root
 * @param place where it keeps its files on the host
 * @param isolation how far it is kept from the host
 * @param binds what it sees of the host
 * @param tmpfs its file systems in memory
 * @param limits how much of the host it may use
 * @param payload what runs instead of the image's own init; empty when that is booted
 */
public record MachineSpec(
        String id,
        String name,
        String hostname,
        LayerStack stack,
        MachinePlace place,
        Isolation isolation,
        List<Bind> binds,
        List<Tmpfs> tmpfs,
        Limits limits,
        Optional<DirectPayload> payload) {

    /** The same machine with another payload. */
    public MachineSpec with(DirectPayload other) {
        return new MachineSpec(id, name, hostname, stack, place, isolation, binds, tmpfs, limits, Optional.of(other));
    }

    /** The same machine with more binds and file systems in memory. */
    public MachineSpec mounting(List<Bind> moreBinds, List<Tmpfs> moreTmpfs) {
        List<Bind> all = new ArrayList<>(binds);
        all.addAll(moreBinds);
        List<Tmpfs> allTmpfs = new ArrayList<>(tmpfs);
        allTmpfs.addAll(moreTmpfs);
        return new MachineSpec(id, name, hostname, stack, place, isolation, all, allTmpfs, limits, payload);
    }

    /** The same machine with each device by itself, where a directory of them was named. */
    public MachineSpec withEachDevice() {
        return isolation.devices().isEmpty()
                ? this
                : new MachineSpec(
                        id, name, hostname, stack, place, isolation.withEachDevice(), binds, tmpfs, limits, payload);
    }

    /** Says whether the image's own init is booted. */
    public boolean boots() {
        return payload.isEmpty();
    }

    /** The same machine with other limits. */
    MachineSpec with(Limits other) {
        return new MachineSpec(id, name, hostname, stack, place, isolation, binds, tmpfs, other, payload);
    }
}
