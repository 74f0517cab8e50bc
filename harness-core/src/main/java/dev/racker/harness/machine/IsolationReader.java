package dev.racker.harness.machine;

import dev.racker.harness.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers what is written down about an {@link Isolation}, property by property. */
final class IsolationReader {

    private boolean privateNetwork = true;
    private boolean privileged;
    private boolean readOnly;
    private boolean noNewPrivileges;
    private List<String> addedCapabilities = List.of();
    private List<String> droppedCapabilities = List.of();
    private Seccomp seccomp;
    private Map<String, String> sysctls = Map.of();
    private final List<Ulimit> ulimits = new ArrayList<>();
    private final List<Device> devices = new ArrayList<>();
    private long oomScore;
    private long sharedMemory;

    void read(String property, JsonReader in) {
        switch (property) {
            case "private_network" -> privateNetwork = in.bool();
            case "privileged" -> privileged = in.bool();
            case "read_only" -> readOnly = in.bool();
            case "no_new_privileges" -> noNewPrivileges = in.bool();
            case "cap_add" -> addedCapabilities = in.strings();
            case "cap_drop" -> droppedCapabilities = in.strings();
            case "seccomp" -> seccomp = Seccomp.read(in);
            case "sysctls" -> sysctls = in.stringMap();
            case "ulimits" -> in.strings().forEach(text -> ulimits.add(Ulimit.parse(text)));
            case "devices" -> in.strings().forEach(text -> devices.add(Device.parse(text)));
            case "oom_score_adj" -> oomScore = in.number();
            case "shm_size" -> sharedMemory = in.number();
            default -> in.skip();
        }
    }

    Isolation isolation() {
        return new Isolation(
                privateNetwork,
                privileged,
                readOnly,
                noNewPrivileges,
                addedCapabilities,
                droppedCapabilities,
                Optional.ofNullable(seccomp),
                sysctls,
                ulimits,
                devices,
                (int) oomScore,
                sharedMemory);
    }
}
