package dev.racker.harness.host;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The kernel of a host.
 *
 * @param release what {@code uname -r} prints, empty when it is not known
 * @param architecture what {@code uname -m} prints
 */
public record Kernel(String release, String architecture) {

    static Kernel read(HostFiles files) {
        // The file exists since Linux 6.1.
        String architecture = files.line("/proc/sys/kernel/arch");
        return new Kernel(
                files.line("/proc/sys/kernel/osrelease"), architecture.isEmpty() ? ofThisJvm() : architecture);
    }

    private static String ofThisJvm() {
        String name = System.getProperty("os.arch");
        return name.equals("amd64") ? "x86_64" : name;
    }

    Feature overlay(HostFiles files) {
        for (String line : files.text("/proc/filesystems").split("\n")) {
            if (line.endsWith("\toverlay")) {
                return Feature.present("in the kernel");
            }
        }
        Path modules = files.at("/lib/modules/" + release + "/kernel/fs/overlayfs");
        if (!release.isEmpty() && Files.isDirectory(modules)) {
            return Feature.present("a module of the kernel, loaded on first use");
        }
        return Feature.absent("neither in /proc/filesystems nor a module of kernel " + release);
    }

    static Feature userNamespaces(HostFiles files) {
        if (!files.exists("/proc/self/ns/user")) {
            return Feature.absent("the kernel was built without them");
        }
        long most = files.number("/proc/sys/user/max_user_namespaces", 0);
        return most == 0
                ? Feature.absent("the sysctl user.max_user_namespaces is 0")
                : Feature.present("at most " + most);
    }
}
