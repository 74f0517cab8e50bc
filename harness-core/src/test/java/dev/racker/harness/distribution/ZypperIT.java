package dev.racker.harness.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.SyntheticImages.Manager;
import dev.racker.harness.distribution.PackageRequest.Named;
import java.util.List;
import org.junit.jupiter.api.Test;

/** zypper on a userland of Debian. */
class ZypperIT extends SyntheticPackages {

    ZypperIT() {
        super(Manager.ZYPPER);
    }

    @Test
    void a_version_is_chosen_and_an_unreachable_repository_is_told_apart() {
        done(packages.install(List.of(new Named("versioned", "1.0"))));
        assertEquals("1.0-1", version("versioned"));
        done(packages.upgrade(List.of(new Named("versioned", "2.0-1"))));
        assertEquals("2.0-1", version("versioned"));
        done(packages.install(List.of(new Named("versioned", "1.0-1"))));
        assertEquals("1.0-1", version("versioned"));

        shell("sed -i 's,dir:///srv/repository,http://127.0.0.1:1/,' /etc/zypp/repos.d/*; rm -rf /var/cache/zypp");
        for (Transaction transaction :
                List.of(packages.refresh(), packages.install(List.of(new Named("greeter", null))))) {
            assertFalse(transaction.succeeded(), transaction.toString());
            assertTrue(transaction.unreachable(), transaction.toString());
        }
    }
}
