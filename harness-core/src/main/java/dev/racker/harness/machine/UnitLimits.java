package dev.racker.harness.machine;

import dev.racker.harness.host.CgroupHierarchy;
import dev.racker.harness.host.Cgroups;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Limits as properties of a unit.
 *
 * @param properties {@code NAME=VALUE} each
 * @param unenforced what this host's systemd cannot do
 */
record UnitLimits(List<String> properties, List<Unenforced> unenforced) {

    /** The supervisor with its two helpers, and what {@link DirectLimits#OWN_PROCESSES} counts. */
    static final int OWN_PROCESSES = 3 + DirectLimits.OWN_PROCESSES;

    /** What systemd-nspawn needs of devices, from its own unit file systemd-nspawn@.service. */
    private static final List<String> USUAL_DEVICES =
            List.of("/dev/net/tun rwm", "char-pts rw", "/dev/fuse rwm", "/dev/loop-control rw", "block-loop rw");

    /** Takes over what is limited, in the words for where the controller is: systemd has two sets of them. */
    static UnitLimits of(Cgroups cgroups, Limits limits, List<Device> devices) {
        List<String> properties = new ArrayList<>();
        List<Unenforced> unenforced = new ArrayList<>();
        for (LimitRules rules : LimitRules.of(limits, OWN_PROCESSES)) {
            Optional<CgroupHierarchy> first = cgroups.serving(rules.controller());
            boolean old = first.isPresent() && first.get().version() == 1;
            List<String> wanted = old ? rules.properties() : rules.properties2();
            properties.addAll(wanted);
            if (!old && cgroups.serving(rules.controller2()).isEmpty()) {
                unenforced.add(new Unenforced(rules.option(), rules.controller2(), "is missing"));
            } else if (wanted.isEmpty()) {
                unenforced.add(version1(rules.option(), rules.controller()));
            } else if (old && rules.option().equals("--memory") && limits.memorySwap() > 0) {
                unenforced.add(version1("--memory-swap", rules.controller()));
            }
        }
        if (devices.stream().anyMatch(device -> !device.denied().isEmpty())) {
            properties.add("DevicePolicy=closed");
            USUAL_DEVICES.forEach(device -> properties.add("DeviceAllow=" + device));
            devices.forEach(device -> properties.add("DeviceAllow=" + device.source() + " " + device.access()
                    + (device.access().indexOf('m') < 0 ? "m" : "")));
        }
        return new UnitLimits(properties, unenforced);
    }

    private static Unenforced version1(String option, String controller) {
        return new Unenforced(option, controller, "is one of version 1, where systemd does not set this");
    }
}
