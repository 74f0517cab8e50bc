package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a machine is kept from its host.
 *
 * @param privateNetwork whether it has a network namespace of its own
 * @param privileged whether it keeps all capabilities and may make every system call
 * @param readOnly whether its root cannot be written to
 * @param noNewPrivileges whether no program gains privileges, see prctl(2), PR_SET_NO_NEW_PRIVS
 * @param addedCapabilities capabilities(7) beside the usual ones, or ALL
 * @param droppedCapabilities capabilities(7) that it does without, or ALL
 * @param seccomp which system calls it may make; empty for the usual ones
 * @param sysctls kernel parameters of its own
 * @param ulimits what its processes begin with
 * @param devices what it sees of the host's devices
 * @param oomScore how readily the kernel kills it when memory is scarce, -1000 to 1000
 * @param sharedMemory bytes of /dev/shm; 0 for what systemd-nspawn gives, a tenth of the host's memory
 */
public record Isolation(
        boolean privateNetwork,
        boolean privileged,
        boolean readOnly,
        boolean noNewPrivileges,
        List<String> addedCapabilities,
        List<String> droppedCapabilities,
        Optional<Seccomp> seccomp,
        Map<String, String> sysctls,
        List<Ulimit> ulimits,
        List<Device> devices,
        int oomScore,
        long sharedMemory) {

    /**
     * Takes copies, and checks them.
     *
     * @throws HarnessException when a value is out of range or a name unknown; a kernel parameter is the host's
     */
    public Isolation {
        if (!addedCapabilities.isEmpty() || !droppedCapabilities.isEmpty()) {
            addedCapabilities = Capabilities.normalized("--cap-add", addedCapabilities);
            droppedCapabilities = Capabilities.normalized("--cap-drop", droppedCapabilities);
        }
        if (!sysctls.isEmpty()) {
            sysctls = Collections.unmodifiableMap(new LinkedHashMap<>(sysctls));
            Sysctls.check(sysctls, privateNetwork);
        }
        ulimits = List.copyOf(ulimits);
        devices = List.copyOf(devices);
        if (oomScore < -1000 || oomScore > 1000) {
            throw new HarnessException(
                    "Tried to read --oom-score-adj \"" + oomScore + "\", but it is out of range.",
                    "Give a number from -1000 to 1000.");
        }
        if (sharedMemory < 0) {
            throw new HarnessException(
                    "Tried to read --shm-size \"" + sharedMemory + "\", but that is no size.", "Give a size above 0.");
        }
    }

    /** The usual isolation of a booted system. */
    public static Isolation of(boolean privateNetwork, boolean privileged) {
        return new Isolation(
                privateNetwork,
                privileged,
                false,
                false,
                List.of(),
                List.of(),
                Optional.empty(),
                Map.of(),
                List.of(),
                List.of(),
                0,
                0);
    }

    /** Says whether this is the isolation that a booted system has when nothing else is asked for. */
    public boolean isUsual() {
        // no equals, see Limits#isNone
        return privateNetwork
                && !privileged
                && !readOnly
                && !noNewPrivileges
                && addedCapabilities.isEmpty()
                && droppedCapabilities.isEmpty()
                && seccomp.isEmpty()
                && sysctls.isEmpty()
                && ulimits.isEmpty()
                && devices.isEmpty()
                && oomScore == 0
                && sharedMemory == 0;
    }

    /** The same with a network namespace of its own, or without. */
    public Isolation withPrivateNetwork(boolean value) {
        return value == privateNetwork
                ? this
                : new Isolation(
                        value,
                        privileged,
                        readOnly,
                        noNewPrivileges,
                        addedCapabilities,
                        droppedCapabilities,
                        seccomp,
                        sysctls,
                        ulimits,
                        devices,
                        oomScore,
                        sharedMemory);
    }

    /** The same with each device by itself, where a directory of them was named. */
    Isolation withEachDevice() {
        if (devices.isEmpty()) {
            return this;
        }
        List<Device> each = new ArrayList<>();
        devices.forEach(device -> each.addAll(device.each()));
        return new Isolation(
                privateNetwork,
                privileged,
                readOnly,
                noNewPrivileges,
                addedCapabilities,
                droppedCapabilities,
                seccomp,
                sysctls,
                ulimits,
                each,
                oomScore,
                sharedMemory);
    }

    /** Says whether systemd-nspawn filters no system call. */
    boolean unconfined() {
        return privileged && seccomp.isEmpty()
                || seccomp.isPresent() && seccomp.get().unconfined();
    }

    /** Writes what is unusual into the object that the writer is in. */
    public void write(JsonWriter json) {
        json.bool("private_network", privateNetwork)
                .bool("privileged", privileged)
                .bool("read_only", readOnly)
                .bool("no_new_privileges", noNewPrivileges);
        strings(json, "cap_add", addedCapabilities);
        strings(json, "cap_drop", droppedCapabilities);
        if (seccomp.isPresent()) {
            json.object("seccomp");
            seccomp.get().write(json);
            json.endObject();
        }
        if (!sysctls.isEmpty()) {
            json.stringMap("sysctls", sysctls);
        }
        strings(json, "ulimits", ulimits);
        strings(json, "devices", devices);
        json.number("oom_score_adj", oomScore).number("shm_size", sharedMemory);
    }

    private static void strings(JsonWriter json, String name, List<?> values) {
        if (!values.isEmpty()) {
            List<String> texts = new ArrayList<>(values.size());
            for (Object value : values) {
                texts.add(value.toString());
            }
            json.strings(name, texts);
        }
    }

    /** Reads an object of what {@link #write} writes. */
    public static Isolation read(JsonReader in) {
        IsolationReader reader = new IsolationReader();
        in.object();
        for (String property = in.property(); property != null; property = in.property()) {
            reader.read(property, in);
        }
        return reader.isolation();
    }
}
