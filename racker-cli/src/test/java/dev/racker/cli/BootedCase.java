package dev.racker.cli;

import dev.racker.cli.TestRacker.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs commands in machines of a Debian that are booted for them. */
@ExtendWith(TestRacker.Shared.class)
abstract class BootedCase {

    final TestRacker racker;
    final String image;

    BootedCase(TestRacker racker) throws Exception {
        this.racker = racker;
        this.image = racker.debian();
    }

    /** Without a network, unless a test is about that: it is the faster way. */
    final Result run(String... options) throws Exception {
        return run(new byte[0], options);
    }

    final Result run(byte[] input, String... options) throws Exception {
        List<String> line = new ArrayList<>(List.of("run", "--rm"));
        if (!String.join(" ", options).contains("--network")) {
            line.add("--network=none");
        }
        for (String option : options) {
            line.add(option.equals("IMG") ? image : option);
        }
        return racker.run(input, line.toArray(String[]::new));
    }
}
