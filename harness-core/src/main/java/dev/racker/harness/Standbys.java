package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.host.Host;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.machine.MemorySize;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.Lock;
import dev.racker.harness.store.Store;
import dev.racker.harness.store.StoredImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Machines that are booted before anybody asks for one, so that whoever does need not wait. */
public final class Standbys {

    /** How much memory must be available before another one is booted, in bytes. */
    public static final long MEMORY_LEFT = 512L << 20;

    private final Store store;
    private final StandbyPool pool;
    private final Images images;
    private final ContainerLauncher launcher;
    private final Host host;

    Standbys(Store store, Images images, ContainerLauncher launcher, Host host) {
        this.store = store;
        this.pool = new StandbyPool(store);
        this.images = images;
        this.launcher = launcher;
        this.host = host;
    }

    /**
     * What is wanted of an image's machines, and what there is.
     *
     * @param setting what is wanted
     * @param ready those that wait and that a container would get now
     * @param problem why there are fewer than wanted; empty when that is not known
     */
    public record View(StandbySetting setting, List<Standby> ready, String problem) {

        /** Takes a copy. */
        public View {
            ready = List.copyOf(ready);
        }
    }

    /** All that is wanted, by image. */
    public List<View> list() {
        List<View> views = new ArrayList<>();
        for (StandbySetting setting : pool.settings().list()) {
            views.add(new View(setting, ready(setting), pool.settings().problem(setting.image())));
        }
        return views;
    }

    /**
     * Lets machines of an image wait as the setting says, from now on: boots what is missing, and discards what does not
     * fit. Gives those that were booted.
     *
     * @throws HarnessException when there would be too many on this host, the image cannot be booted, or there is not
     *     enough memory; nothing waits then
     */
    @SuppressWarnings("try") // the lock is only held
    public List<Standby> set(StandbySetting wanted, Progress progress) {
        StoredImage image = images.stored(wanted.image());
        StandbySetting setting = wanted.of(image.name());
        checkSum(setting);
        images.bootable(image, progress);
        pool.settings().save(setting);
        pool.settings().noProblem(setting.image());
        try (Lock filling = pool.await(setting.image())) {
            return boot(setting.image());
        } catch (RuntimeException | Error failure) {
            try {
                pool.retire(setting.image());
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
    }

    private void checkSum(StandbySetting setting) {
        int sum = setting.count();
        for (StandbySetting other : pool.settings().list()) {
            sum += other.image().equals(setting.image()) ? 0 : other.count();
        }
        if (sum > StandbySetting.MOST_IN_ALL) {
            throw new HarnessException(
                    "Tried to let " + setting.count() + " machines of " + setting.image() + " wait, but with those of"
                            + " other images that would be " + sum + ", and at most " + StandbySetting.MOST_IN_ALL
                            + " can wait.",
                    "Let fewer wait, or remove others: racker standby ls");
        }
    }

    /**
     * Lets no machine of this image wait any more; says whether any was wanted or there.
     *
     * @param image a name or id; also the name of an image that is gone
     */
    public boolean remove(String image) {
        boolean removed = pool.retire(image);
        for (String name : images.named(image)) {
            removed |= pool.retire(name);
        }
        return removed;
    }

    /**
     * Boots what is missing of an image's machines, unless somebody else does it already; notes why it could not. Whoever
     * comes meanwhile leaves it to the one that holds the lock, so that one looks again; not without end, because one may
     * expire, or be taken, as soon as it waits.
     */
    void refill(String image) {
        for (int round = 0; round < StandbySetting.MOST && isMissing(image); round++) {
            try (Lock filling = store.locks().tryExclusive("standby", image).orElse(null)) {
                if (filling == null) {
                    return;
                }
                boot(image);
                pool.settings().noProblem(image);
            } catch (HarnessException failure) {
                if (pool.settings().find(image).isPresent()) {
                    pool.settings().problem(image, failure);
                }
                return;
            }
        }
    }

    private boolean isMissing(String image) {
        return pool.settings()
                .find(image)
                .filter(setting -> ready(setting).size() < setting.count())
                .isPresent();
    }

    /** As long as the lock is held, nobody else boots one of this image. */
    private List<Standby> boot(String image) {
        List<Standby> booted = new ArrayList<>();
        Optional<StandbySetting> setting = pool.settings().find(image);
        if (setting.isEmpty()) {
            return booted;
        }
        List<Standby> ready = ready(setting.get());
        discardOthers(image, ready, setting.get().count());
        for (int missing = setting.get().count() - ready.size(); missing > 0 && setting.isPresent(); missing--) {
            booted.add(bootOne(setting.get()));
            setting = pool.settings().find(image);
        }
        return booted;
    }

    private Standby bootOne(StandbySetting setting) {
        long available = host.availableMemory();
        if (available >= 0 && available < MEMORY_LEFT) {
            throw new HarnessException(
                    "Tried to boot a machine of " + setting.image() + " that waits, but only "
                            + MemorySize.text(available) + " of memory are available, and "
                            + MemorySize.text(MEMORY_LEFT)
                            + " are left to others.",
                    "Let fewer wait, or end something.");
        }
        StoredImage image = images.stored(setting.image());
        ImageReference reference = images.reference(setting.image());
        ContainerOptions options = ContainerOptions.defaults().on(setting.network());
        String now = now();
        return launcher.standBy(reference, image, options, setting.idle(), record -> Standby.of(record, setting, now));
    }

    private void discardOthers(String image, List<Standby> ready, int count) {
        List<Standby> others = pool.list(image);
        others.removeAll(ready.subList(0, Math.min(count, ready.size())));
        others.forEach(pool::discard);
    }

    /** Those that wait and fit, the oldest first; none when the image is gone. */
    private List<Standby> ready(StandbySetting setting) {
        Optional<StoredImage> image = store.images().find(setting.image());
        List<Standby> waiting = pool.list(setting.image());
        String now = now();
        waiting.removeIf(each -> image.isEmpty() || !each.fits(setting, image.get(), now));
        return waiting;
    }

    private static String now() {
        return new HostState(Path.of("/")).text();
    }
}
