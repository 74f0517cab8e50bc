package dev.racker.cli;

import dev.racker.harness.Volumes;
import dev.racker.harness.machine.Mount;
import dev.racker.harness.machine.MountPlan;
import dev.racker.harness.store.NoSuchVolumeException;
import dev.racker.harness.store.Volume;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is mounted in a container, as docker's {@code inspect} and {@code ps} show it. */
final class MountsDocument {

    private static final int NAME_LENGTH = 15;

    private final Volumes volumes;
    private final MountPlan plan;

    MountsDocument(Volumes volumes, MountPlan plan) {
        this.volumes = volumes;
        this.plan = plan;
    }

    /** The list "Mounts". */
    void write(ArrayNode node) {
        for (Mount mount : plan.mounts()) {
            ObjectNode each = node.addObject().put("Type", mount.kind().word());
            boolean isVolume = mount.kind() == Mount.Kind.VOLUME;
            each.put("Name", isVolume ? mount.source() : ""); // a template may ask for it of all
            each.put("Source", isVolume ? mountPoint(mount.source()) : mount.source());
            each.put("Destination", mount.target());
            each.put("Driver", isVolume ? Volume.DRIVER : "");
            each.put("Mode", mount.kind() == Mount.Kind.TMPFS ? mount.options() : mount.readOnly() ? "ro" : "");
            each.put("RW", !mount.readOnly());
            each.put("Propagation", mount.kind() == Mount.Kind.BIND ? "rprivate" : "");
        }
    }

    private String mountPoint(String volume) {
        try {
            return volumes.mountPoint(volumes.get(volume)).toString();
        } catch (NoSuchVolumeException e) {
            return ""; // somebody has removed its directory by hand
        }
    }

    /** "Binds" and "Tmpfs" of what the host gives, as they could be typed. */
    void writeHost(ObjectNode node) {
        ArrayNode binds = node.putArray("Binds");
        for (Mount mount : plan.mounts()) {
            if (mount.kind() != Mount.Kind.TMPFS && !mount.anonymous()) {
                binds.add(mount.source() + ":" + mount.target() + (mount.readOnly() ? ":ro" : ""));
            }
        }
        if (!plan.tmpfs().isEmpty()) {
            ObjectNode tmpfs = node.putObject("Tmpfs");
            plan.tmpfs().forEach(each -> tmpfs.put(each.target(), each.options()));
        }
    }

    /** The volumes' names and the binds' sources between commas; cut after 15 characters unless they are wanted whole. */
    String names(boolean whole) {
        List<String> names = new ArrayList<>();
        for (Mount mount : plan.mounts()) {
            String name = mount.source();
            if (mount.kind() == Mount.Kind.TMPFS) {
                continue;
            }
            boolean fits = whole || name.codePointCount(0, name.length()) <= NAME_LENGTH;
            names.add(fits ? name : name.substring(0, name.offsetByCodePoints(0, NAME_LENGTH - 1)) + "\u2026");
        }
        return String.join(",", names);
    }
}
