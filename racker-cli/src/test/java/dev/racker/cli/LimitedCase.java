package dev.racker.cli;

import dev.racker.cli.TestRacker.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs machines with limits. The test host has no cgroup controllers: there, what cannot be enforced must be told. */
@ExtendWith(TestRacker.Shared.class)
abstract class LimitedCase {

    static final String WARNING = "racker: warning: This host cannot enforce ";

    final TestRacker racker;
    final String debian;

    LimitedCase(TestRacker racker) throws Exception {
        this.racker = racker;
        this.debian = racker.debian();
    }

    Result run(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("run", "--rm", "--quiet", "--network=none"));
        all.addAll(List.of(arguments));
        return racker.run(all.toArray(String[]::new));
    }
}
