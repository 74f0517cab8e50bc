package dev.racker.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.image.ImageReference;
import dev.racker.harness.network.NetworkMode;
import dev.racker.harness.store.ContainerRecord;
import dev.racker.harness.store.StoredImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Fifty booted containers at once. */
@ExtendWith(TestImage.Shared.class)
class ManyContainersIT {

    private static final int MANY = 50;
    private static final int AT_ONCE = 4;

    private final TestImage image;
    private final Containers containers;

    ManyContainersIT(TestImage image) {
        this.image = image;
        this.containers = image.harness().containers();
    }

    @Test
    @SuppressWarnings("try") // held, not used
    void fifty_containers_run_side_by_side_and_none_is_lost() throws Exception {
        try (InotifyInstances enough = InotifyInstances.forMachines(MANY)) {
            run(image.debian());
        }
    }

    private void run(StoredImage debian) throws Exception {
        ImageReference reference = ImageReference.parse(TestImage.DEBIAN);
        ContainerOptions options =
                ContainerOptions.defaults().kept().on(NetworkMode.NONE).bootWithin(Duration.ofSeconds(120));
        List<ContainerRecord> records = new ArrayList<>();
        try {
            records.addAll(forAll(
                    i -> image.harness().launcher().start(reference, debian, options.named("many-" + i), List.of())));

            assertEquals(
                    MANY,
                    containers.list().stream()
                            .filter(record -> containers.state(record).isRunning())
                            .count());
            Set<String> hosts = new HashSet<>(forAll(i ->
                    containers.running(records.get(i)).machine().run("hostname").text()));
            assertEquals(MANY, hosts.size());

            forAll(i -> stopped(records.get(i)));
            assertEquals(
                    MANY,
                    containers.list().stream()
                            .map(containers::state)
                            .filter(state -> state.status() == ContainerState.Status.EXITED && state.exitStatus() == 0)
                            .count());
        } finally {
            for (ContainerRecord record : containers.list()) {
                containers.remove(record, true);
            }
        }
        assertEquals(List.of(), containers.list());
        assertTrue(image.leftovers().isEmpty(), image.leftovers()::toString);
    }

    private ContainerRecord stopped(ContainerRecord record) {
        containers.stop(record, "", Duration.ofSeconds(60));
        return record;
    }

    private static <T> List<T> forAll(java.util.function.IntFunction<T> action) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Callable<T>> tasks = IntStream.range(0, MANY)
                    .<Callable<T>>mapToObj(i -> () -> action.apply(i))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }
}
