package dev.racker.harness.progress;

/** Hears what long work is doing; implementations draw bars, print lines, or stay silent, and are thread-safe. */
public interface Progress {

    /**
     * Begins a phase of work.
     *
     * @param label what is being done, such as {@code Downloading debian:bookworm-slim}
     * @param total how much there is to do in bytes, or -1 when nobody knows
     */
    Task begin(String label, long total);

    /** Passes on one line that the user should read even when nothing is drawn. */
    void note(String line);

    /** Hears nothing. */
    static Progress none() {
        return new Progress() {
            @Override
            public Task begin(String label, long total) {
                return new Task() {
                    @Override
                    public void advance(long amount) {}

                    @Override
                    public void close() {}
                };
            }

            @Override
            public void note(String line) {}
        };
    }

    /** One phase of work; closing it says that the phase has ended, finished or given up. */
    interface Task extends AutoCloseable {

        /** Says that this many more bytes are done. */
        void advance(long amount);

        /** Says that all of it is done. */
        default void finish() {}

        @Override
        void close();
    }
}
