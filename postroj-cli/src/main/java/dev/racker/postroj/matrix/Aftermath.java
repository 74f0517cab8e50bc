package dev.racker.postroj.matrix;

import dev.racker.harness.Container;
import dev.racker.harness.report.CellReport;

/** What is done with the machine of a trial that did not pass, before it is removed. */
@FunctionalInterface
public interface Aftermath {

    /** Looks at the machine or lets the user do so; the machine ends when this returns, unless it was kept. */
    void look(Container container, CellReport report);
}
