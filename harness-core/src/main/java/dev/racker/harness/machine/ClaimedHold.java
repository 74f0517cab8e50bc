package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.WhenCancelled;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A machine that waited and that this process has claimed: a fifo that this process holds open ends it with this process.
 */
final class ClaimedHold implements Hold {

    private static final int REMOVAL_SECONDS = 60;
    private static final byte[] LINE = {'\n'};

    private final MachineSpec spec;
    private final CommandRunner runner;
    private final FileChannel owner;
    private final CompletableFuture<Integer> ended;
    private volatile boolean kept;

    private ClaimedHold(MachineSpec spec, CommandRunner runner, FileChannel owner, CompletableFuture<Integer> ended) {
        this.spec = spec;
        this.runner = runner;
        this.owner = owner;
        this.ended = ended;
    }

    /**
     * Takes a machine that waits; empty when somebody else was faster or it has ended. From the first line that is written
     * here on, the end of this process ends the machine; whoever removes the file has it.
     */
    static Optional<ClaimedHold> claim(MachineSpec spec, CommandRunner runner) {
        MachinePlace place = spec.place();
        FileChannel owner = null;
        FileChannel gone = null;
        try {
            owner = both(place.owner());
            gone = reading(place.gone());
            owner.write(ByteBuffer.wrap(LINE));
            Files.delete(place.standby());
            return Optional.of(new ClaimedHold(spec, runner, owner, end(gone)));
        } catch (NoSuchFileException e) {
            close(owner);
            close(gone);
            return Optional.empty();
        } catch (IOException e) {
            close(owner);
            close(gone);
            throw new HarnessException(
                    "Tried to claim machine " + spec.name() + ", but: " + e.getMessage() + ".", null, e);
        }
    }

    /** Claims the machine of this runtime directory, if nobody else was faster, and ends it by letting go of it. */
    static void claimAndLetGo(Path run) throws IOException {
        try (FileChannel owner = both(MachinePlace.owner(run))) {
            owner.write(ByteBuffer.wrap(LINE));
            Files.deleteIfExists(MachinePlace.standby(run));
        } catch (NoSuchFileException e) {
            return; // it has ended
        }
    }

    /** A fifo opened for one direction alone would wait for the other one (fifo(7)). */
    private static FileChannel both(Path fifo) throws IOException {
        return FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @SuppressWarnings("try") // held while the other one is opened
    private static FileChannel reading(Path fifo) throws IOException {
        try (FileChannel writer = both(fifo)) {
            return FileChannel.open(fifo, StandardOpenOption.READ);
        }
    }

    private static void close(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new HarnessException("Tried to let go of a machine, but: " + e.getMessage() + ".", null, e);
        }
    }

    /** Nothing is ever written to that fifo, so the end of reading is the end of the supervisor, which holds it. */
    private static CompletableFuture<Integer> end(FileChannel gone) {
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try (gone) {
                        gone.read(ByteBuffer.allocate(1));
                        ended.complete(-1);
                    } catch (IOException e) {
                        ended.completeExceptionally(e);
                    }
                },
                "machine's end");
        thread.setDaemon(true);
        thread.start();
        return ended;
    }

    @Override
    public boolean isAlive() {
        return !ended.isDone();
    }

    @Override
    public CompletableFuture<Integer> ended() {
        return ended;
    }

    @Override
    public boolean isOwned() {
        return !kept;
    }

    @Override
    public void kill(long leader) {
        ProcessHandle.of(leader).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Override
    public void keep() {
        try {
            owner.write(ByteBuffer.wrap(Lifeline.KEEP));
            kept = true;
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to keep machine " + spec.name() + ", but it has ended: " + e.getMessage() + ".", null, e);
        }
    }

    /** The network is taken down here while the machine dies; the supervisor does it when this process cannot. */
    @Override
    public void release() {
        try {
            Path script = spec.place().networkScript();
            String command = Files.readString(script, StandardCharsets.UTF_8);
            Files.move(script, spec.place().claimedNetworkScript());
            runner.run(Command.of("/bin/sh", "-c", command).whenCancelled(WhenCancelled.GO_ON));
        } catch (NoSuchFileException e) {
            awaitRemoval();
            return; // it has none, or the supervisor was faster
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to take down the network of machine " + spec.name() + ", but: " + e.getMessage() + ".",
                    null,
                    e);
        }
        awaitRemoval();
    }

    private void awaitRemoval() {
        try {
            ended.get(REMOVAL_SECONDS, TimeUnit.SECONDS);
            if (Files.exists(Supervisor.cleanScript(spec.place().run()))) {
                new Leftovers(runner).remove(spec.place().run()); // the supervisor itself was killed
            }
        } catch (TimeoutException e) {
            throw new HarnessException(
                    "Tried to remove machine " + spec.name() + ", but it is still there after " + REMOVAL_SECONDS
                            + " s.",
                    "Look at what its supervisor waits for.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new HarnessException("The supervisor of machine " + spec.name() + " was lost.", null, e.getCause());
        } finally {
            close(owner);
        }
    }
}
