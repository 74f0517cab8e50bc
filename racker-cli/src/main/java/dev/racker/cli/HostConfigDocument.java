package dev.racker.cli;

import dev.racker.harness.ContainerOptions;
import dev.racker.harness.RestartPolicy;
import dev.racker.harness.machine.Device;
import dev.racker.harness.machine.Isolation;
import dev.racker.harness.machine.Limits;
import dev.racker.harness.machine.Ulimit;
import dev.racker.harness.network.NetworkSettings;
import dev.racker.harness.network.PortMapping;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The object "HostConfig" of docker's {@code inspect}: what a container may use of the host. */
final class HostConfigDocument {

    private final ContainerOptions options;
    private final MountsDocument mounts;

    HostConfigDocument(ContainerOptions options, MountsDocument mounts) {
        this.options = options;
        this.mounts = mounts;
    }

    void write(ObjectNode node) {
        mounts.writeHost(node);
        network(node);
        node.putObject("LogConfig").put("Type", "local").putObject("Config");
        RestartPolicy restart = options.lifecycle().restart();
        node.putObject("RestartPolicy").put("Name", restart.kind().word()).put("MaximumRetryCount", restart.retries());
        node.put("AutoRemove", options.ephemeral());
        isolation(node);
        limits(node);
        node.put("Init", options.process().init());
    }

    private void network(ObjectNode node) {
        NetworkSettings network = options.network();
        node.put("NetworkMode", ContainerFilter.networks(options).get(0));
        ObjectNode ports = node.putObject("PortBindings");
        for (PortMapping mapping : network.ports()) {
            for (int i = 0; i < mapping.count(); i++) {
                PortMapping single = mapping.single(i);
                ports.withArray(single.port() + "/" + single.protocol())
                        .addObject()
                        .put("HostIp", single.hostAddress())
                        .put("HostPort", single.hostPort() == 0 ? "" : Integer.toString(single.hostPort()));
            }
        }
        node.put("PublishAllPorts", network.publishAll());
        ContainerDocuments.texts(node.putArray("Dns"), network.dns());
        ContainerDocuments.texts(node.putArray("DnsOptions"), network.dnsOptions());
        ContainerDocuments.texts(node.putArray("DnsSearch"), network.dnsSearch());
        ContainerDocuments.texts(node.putArray("ExtraHosts"), network.extraHosts());
    }

    private void isolation(ObjectNode node) {
        Isolation isolation = options.isolation();
        ContainerDocuments.texts(node.putArray("CapAdd"), isolation.addedCapabilities());
        ContainerDocuments.texts(node.putArray("CapDrop"), isolation.droppedCapabilities());
        node.put("Privileged", isolation.privileged());
        node.put("ReadonlyRootfs", isolation.readOnly());
        List<String> security = new ArrayList<>();
        if (isolation.noNewPrivileges()) {
            security.add("no-new-privileges");
        }
        isolation.seccomp().ifPresent(profile -> security.add("seccomp=" + (profile.unconfined() ? "unconfined" : "")));
        ContainerDocuments.texts(node.putArray("SecurityOpt"), security);
        node.put("UsernsMode", options.hostUsers() ? "host" : "");
        node.put("ShmSize", isolation.sharedMemory());
        node.put("OomScoreAdj", isolation.oomScore());
        ObjectNode sysctls = node.putObject("Sysctls");
        isolation.sysctls().forEach(sysctls::put);
        ArrayNode ulimits = node.putArray("Ulimits");
        for (Ulimit ulimit : isolation.ulimits()) {
            ulimits.addObject()
                    .put("Name", ulimit.name())
                    .put("Hard", ulimit.hard())
                    .put("Soft", ulimit.soft());
        }
        ArrayNode devices = node.putArray("Devices");
        for (Device device : isolation.devices()) {
            devices.addObject()
                    .put("PathOnHost", device.source().toString())
                    .put("PathInContainer", device.target())
                    .put("CgroupPermissions", device.access());
        }
    }

    private void limits(ObjectNode node) {
        Limits limits = options.limits();
        node.put("Memory", limits.memory());
        node.put("MemorySwap", limits.memorySwap());
        node.put("MemoryReservation", limits.memoryReservation());
        node.put("NanoCpus", limits.nanoCpus());
        node.put("CpuShares", limits.cpuShares());
        node.put("CpuPeriod", limits.cpuPeriod());
        node.put("CpuQuota", limits.cpuQuota());
        node.put("CpusetCpus", limits.cpus());
        node.put("CpusetMems", limits.memoryNodes());
        node.put("PidsLimit", limits.pids());
        node.put("BlkioWeight", limits.blkioWeight());
    }
}
