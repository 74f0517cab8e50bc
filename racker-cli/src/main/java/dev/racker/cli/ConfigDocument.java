package dev.racker.cli;

import dev.racker.harness.ContainerOptions;
import dev.racker.harness.ContainerProcess;
import dev.racker.harness.image.ImageConfig;
import dev.racker.harness.machine.HealthCheck;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.StoredImage;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The object "Config" of docker's {@code inspect}: what runs in a container. */
final class ConfigDocument {

    private final ContainerRecord record;
    private final ContainerOptions options;
    private final ImageConfig image;
    private final String machine;

    ConfigDocument(ContainerRecord record, ContainerOptions options, Optional<StoredImage> image, String machine) {
        this.record = record;
        this.options = options;
        this.image = image.map(StoredImage::config).orElse(ImageConfig.empty());
        this.machine = machine;
    }

    void write(ObjectNode node) {
        ContainerProcess process = options.process();
        node.put("Hostname", options.hostname().isEmpty() ? machine : options.hostname());
        node.put("Domainname", "");
        node.put("User", process.group().isEmpty() ? process.user() : process.user() + ":" + process.group());
        node.put("AttachStdin", false);
        node.put("AttachStdout", false);
        node.put("AttachStderr", false);
        ports(node);
        node.put("Tty", process.terminal());
        node.put("OpenStdin", process.interactive());
        node.put("StdinOnce", process.inputEnds());
        ContainerDocuments.texts(node.putArray("Env"), process.environment());
        int entry = entry();
        list(node, "Cmd", record.command().subList(entry, record.command().size()));
        options.lifecycle().health().ifPresent(check -> health(node.putObject("Healthcheck"), check));
        node.put("Image", ContainerWords.image(record));
        ObjectNode volumes = node.putObject("Volumes");
        image.volumes().forEach(volumes::putObject);
        node.put("WorkingDir", process.directory().equals("/") ? "" : process.directory());
        list(node, "Entrypoint", record.command().subList(0, entry));
        ObjectNode labels = node.putObject("Labels");
        record.labels().forEach(labels::put);
        node.put("StopSignal", stopSignal());
        node.put("StopTimeout", options.lifecycle().stopTimeout().toSeconds());
    }

    /** As far as the command begins with the image's entry point, it is that. */
    private int entry() {
        List<String> entrypoint = image.entrypoint();
        boolean begins = record.command().size() >= entrypoint.size()
                && record.command().subList(0, entrypoint.size()).equals(entrypoint);
        return begins ? entrypoint.size() : 0;
    }

    private static void list(ObjectNode node, String name, List<String> texts) {
        if (texts.isEmpty()) {
            node.putNull(name);
        } else {
            ContainerDocuments.texts(node.putArray(name), texts);
        }
    }

    private void ports(ObjectNode node) {
        List<String> exposed = options.network().expose();
        if (!exposed.isEmpty() || !image.exposedPorts().isEmpty()) {
            ObjectNode ports = node.putObject("ExposedPorts");
            image.exposedPorts().forEach(ports::putObject);
            exposed.forEach(port -> ports.putObject(port.indexOf('/') < 0 ? port + "/tcp" : port));
        }
    }

    private String stopSignal() {
        String own = options.lifecycle().stopSignal();
        String usual = options.boots() ? "RTMIN+3" : "TERM";
        return "SIG" + (own.isEmpty() ? usual : own);
    }

    /** Times are in nanoseconds. */
    private static void health(ObjectNode node, HealthCheck check) {
        node.putArray("Test").add("CMD");
        ContainerDocuments.texts(node.withArray("Test"), check.command());
        node.put("Interval", check.interval().toNanos());
        node.put("Timeout", check.timeout().toNanos());
        node.put("StartPeriod", check.startPeriod().toNanos());
        node.put("StartInterval", check.startInterval().toNanos());
        node.put("Retries", check.retries());
    }
}
