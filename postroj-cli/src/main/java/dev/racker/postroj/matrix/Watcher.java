package dev.racker.postroj.matrix;

import dev.racker.harness.report.CellReport;

/** Hears how the cells of a matrix get on; called by many threads. */
public interface Watcher extends AutoCloseable {

    /** A cell has begun, or goes on with something else. */
    void phase(String image, String subject, String phase);

    /** A cell has ended. */
    void ended(CellReport report);

    /** Does work that uses the terminal itself; nothing is shown on it meanwhile. */
    default void aside(Runnable work) {
        work.run();
    }

    /** Nothing more comes. */
    @Override
    void close();
}
