package dev.racker.harness.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out whether systemd-machined can be had, without asking it: it starts when first called over D-Bus. */
final class Machined {

    private static final String UNIT = "systemd-machined.service";
    private static final String BUS_SOCKET = "/run/dbus/system_bus_socket";
    private static final String BUS_SERVICE = "/usr/share/dbus-1/system-services/org.freedesktop.machine1.service";

    /** Unit file directories, the strongest first: systemd.unit(5). */
    private static final String[] UNIT_DIRECTORIES = {
        "/etc/systemd/system/", "/run/systemd/system/", "/usr/lib/systemd/system/", "/lib/systemd/system/"
    };

    private Machined() {}

    static Feature find(HostFiles files, Init init) {
        if (!init.isSystemd()) {
            return Feature.absent("PID 1 is " + init.name() + ", not systemd");
        }
        if (!files.exists(BUS_SOCKET)) {
            return Feature.absent("systemd is PID 1, but there is no system D-Bus at " + BUS_SOCKET);
        }
        Path unit = unit(files);
        if (unit == null || !files.exists(BUS_SERVICE)) {
            return Feature.absent("systemd is PID 1, but systemd-machined is not installed");
        }
        if (isMasked(unit)) {
            return Feature.absent("systemd is PID 1, but " + UNIT + " is masked");
        }
        return Feature.present("systemd is PID 1 and systemd-machined is installed");
    }

    private static Path unit(HostFiles files) {
        for (String directory : UNIT_DIRECTORIES) {
            Path unit = files.at(directory + UNIT);
            if (Files.exists(unit)) {
                return unit;
            }
        }
        return null;
    }

    private static boolean isMasked(Path unit) {
        try {
            return unit.toRealPath().equals(Path.of("/dev/null")) || Files.size(unit) == 0;
        } catch (IOException e) {
            throw new HostException("Tried to read " + unit + ", but " + e.getMessage() + ".", null, e);
        }
    }
}
