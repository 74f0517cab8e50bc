package dev.racker.harness.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.SyntheticImages.Manager;
import dev.racker.harness.distribution.PackageRequest.Named;
import java.util.List;
import org.junit.jupiter.api.Test;

/** pacman on a userland of Debian. */
class PacmanIT extends SyntheticPackages {

    PacmanIT() {
        super(Manager.PACMAN);
    }

    @Override
    String unmet() {
        return "unmet needs no-such-thing>=3, which nothing provides";
    }

    /** pacman itself ends with status 0 then, and leaves the package installed. */
    @Override
    String failingScript(String when) {
        return "the install script of failing-" + when + " failed";
    }

    @Override
    String rival() {
        return "rival conflicts with greeter";
    }

    @Override
    String clash() {
        return "clash brings /usr/bin/greeter, which belongs to the package greeter";
    }

    @Test
    void a_failing_script_fails_the_transaction_although_the_package_is_installed() {
        Transaction transaction = packages.install(List.of(file("failing-post", "1.0")));

        assertEquals(0, transaction.status());
        assertFalse(transaction.succeeded());
        assertEquals("1.0-1", version("failing-post"));
    }

    @Test
    void a_version_is_chosen_and_an_unreachable_repository_is_told_apart() {
        done(packages.install(List.of(new Named("versioned", "2.0"))));
        assertEquals("2.0-1", version("versioned"));

        shell("sed -i 's,file:///srv/repository,http://127.0.0.1:1/,' /etc/pacman.conf");
        for (Transaction transaction :
                List.of(packages.refresh(), packages.install(List.of(new Named("greeter", null))))) {
            assertFalse(transaction.succeeded(), transaction.toString());
            assertTrue(transaction.unreachable(), transaction.toString());
        }
    }
}
