package dev.racker.cli;

import dev.racker.harness.Session;
import dev.racker.harness.Volumes;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.store.NoSuchVolumeException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes volumes. */
@Command(
        name = "rm",
        aliases = "remove",
        mixinStandardHelpOptions = true,
        description = "Remove volumes that no container mounts.")
final class VolumeRmCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-f", "--force"},
            description = "Do not mind a volume that is not there.")
    private boolean force;

    @Parameters(paramLabel = "VOLUME", arity = "1..*", description = "The volume.")
    private List<String> names;

    VolumeRmCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Volumes volumes = session.harness().volumes();
        int status = ExitStatus.OK;
        for (String name : names) {
            try {
                remove(volumes, name);
                session.out().println(name);
            } catch (HarnessException e) {
                session.tell(e);
                status = ExitStatus.PARTIAL;
            }
        }
        return status;
    }

    private void remove(Volumes volumes, String name) {
        try {
            volumes.remove(name);
        } catch (NoSuchVolumeException e) {
            if (!force) {
                throw e;
            }
        }
    }
}
