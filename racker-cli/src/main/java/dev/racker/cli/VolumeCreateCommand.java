package dev.racker.cli;

import dev.racker.harness.Session;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.store.Volume;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a volume. */
@Command(name = "create", mixinStandardHelpOptions = true, description = "Make a volume, unless it is there already.")
final class VolumeCreateCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-d", "--driver"},
            paramLabel = "local",
            description = "What keeps the volume; there is only local (default).")
    private String driver = Volume.DRIVER;

    @Option(names = "--label", paramLabel = "KEY[=VALUE]", description = "Note something about it.")
    private List<String> labels = new ArrayList<>();

    @Option(
            names = {"-o", "--opt"},
            paramLabel = "KEY=VALUE",
            description = "Use a directory of the host: type=none, o=bind and device=DIR.")
    private List<String> options = new ArrayList<>();

    @Parameters(paramLabel = "VOLUME", arity = "0..1", description = "Its name (default: a random one).")
    private String name = "";

    VolumeCreateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try {
            if (!driver.equals(Volume.DRIVER)) {
                throw new HarnessException(
                        "Tried to use the volume driver \"" + driver + "\", but there is only local.", "Leave it out.");
            }
            Volume volume = session.harness().volumes().create(name, pairs(options), pairs(labels));
            session.out().println(volume.name());
            return ExitStatus.OK;
        } catch (HarnessException e) {
            session.tell(e);
            return ExitStatus.PARTIAL;
        }
    }

    private static Map<String, String> pairs(List<String> texts) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            pairs.put(equals < 0 ? text : text.substring(0, equals), equals < 0 ? "" : text.substring(equals + 1));
        }
        return pairs;
    }
}
