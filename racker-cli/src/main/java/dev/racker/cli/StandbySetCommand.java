package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import dev.racker.harness.Standby;
import dev.racker.harness.StandbySetting;
import dev.racker.harness.console.Signals;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.host.Tool;
import dev.racker.harness.image.GoDuration;
import dev.racker.harness.network.NetworkMode;
import dev.racker.harness.store.ContainerRecord;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says how many machines of an image shall wait, and boots them. */
@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        description =
                "Boot machines of an image that wait for `run --rm` and `postroj pkgprobe`, and boot others in the"
                        + " place of those that were taken. Prints the ids of those that were booted.")
final class StandbySetCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = "--network",
            paramLabel = "bridge|none",
            defaultValue = "bridge",
            description = "What they are connected to: bridge (default) or none. Only who asks for the same gets one.")
    private String network;

    @Option(
            names = "--expire",
            paramLabel = "DURATION",
            defaultValue = "1h",
            description = "Remove one that nobody has taken for so long, such as 30m; 0 for never. Default: 1h.")
    private String expire;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress.")
    private boolean quiet;

    @Parameters(index = "0", paramLabel = "IMAGE", description = "The image, by name or id; it must have been pulled.")
    private String image;

    @Parameters(
            index = "1",
            paramLabel = "N",
            description = "How many, up to " + StandbySetting.MOST + ", and up to " + StandbySetting.MOST_IN_ALL
                    + " of all images; 0 removes them.")
    private String count;

    StandbySetCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.interruptible(this::set);
    }

    private int set(Signals signals) {
        int number = number();
        NetworkMode mode = NetworkMode.parse(network);
        Harness harness = session.harness(Tool.SYSTEMD_NSPAWN);
        if (number == 0) {
            harness.standbys().remove(harness.images().stored(image).name());
            return ExitStatus.OK;
        }
        StandbySetting setting = new StandbySetting(image, number, mode, GoDuration.parse("--expire", expire));
        for (Standby booted : harness.standbys().set(setting, session.progress(quiet))) {
            session.out().println(ContainerRecord.shortId(booted.id()));
        }
        return ExitStatus.OK;
    }

    private int number() {
        try {
            return Integer.parseInt(count);
        } catch (NumberFormatException e) {
            throw new HarnessException(
                    "Tried to read the number of machines \"" + count + "\", but that is none.",
                    "Give a number from 0 to " + StandbySetting.MOST + ".",
                    e);
        }
    }
}
