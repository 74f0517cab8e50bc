package dev.racker.cli;

import dev.racker.harness.console.ByteSize;
import dev.racker.harness.machine.MachineUsage;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a container uses, in the columns and forms of docker. */
final class StatsRow {

    static final String COLUMNS =
            "{{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}\t{{.MemPerc}}\t{{.NetIO}}\t{{.BlockIO}}\t{{.PIDs}}";

    static final Map<String, String> HEADINGS = Map.of(
            "Container", "CONTAINER",
            "ID", "CONTAINER ID",
            "Name", "NAME",
            "CPUPerc", "CPU %",
            "MemUsage", "MEM USAGE / LIMIT",
            "MemPerc", "MEM %",
            "NetIO", "NET I/O",
            "BlockIO", "BLOCK I/O",
            "PIDs", "PIDS");

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    private static final MachineUsage NOTHING = new MachineUsage(0, 0, 0, 0, 0, 0, 0, 0);

    private StatsRow() {}

    /**
     * Makes a row.
     *
     * @param container as it was asked for
     * @param cpu processors in use, 1 for all of one
     * @param usage what it uses; null when it does not run
     */
    static ObjectNode of(String container, String id, String name, double cpu, MachineUsage usage) {
        MachineUsage now = usage == null ? NOTHING : usage;
        double memory = now.memoryLimit() == 0 ? 0 : 100.0 * now.memory() / now.memoryLimit();
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        row.put("BlockIO", ByteSize.text(now.read()) + " / " + ByteSize.text(now.written()));
        row.put("CPUPerc", percent(100 * cpu));
        row.put("Container", container);
        row.put("ID", id);
        row.put("MemPerc", percent(memory));
        row.put("MemUsage", binary(now.memory()) + " / " + binary(now.memoryLimit()));
        row.put("Name", name);
        row.put("NetIO", ByteSize.text(now.received()) + " / " + ByteSize.text(now.sent()));
        row.put("PIDs", Long.toString(now.tasks()));
        return row;
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f%%", value);
    }

    /** A size with four digits in powers of 1024, such as 1.953GiB. */
    static String binary(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 1024 && unit < UNITS.length - 1) {
            size /= 1024;
            unit++;
        }
        int digits = unit == 0 || size >= 999.95 ? 0 : size >= 99.995 ? 1 : size >= 9.9995 ? 2 : 3;
        String number = String.format(Locale.ROOT, "%." + digits + "f", size);
        while (digits > 0 && (number.endsWith("0") || number.endsWith("."))) {
            digits = number.endsWith(".") ? 0 : digits;
            number = number.substring(0, number.length() - 1);
        }
        return number + UNITS[unit];
    }
}
