package dev.racker.harness.option;

import java.util.concurrent.Callable;

/** A command whose options are declared as its fields; it gives its exit status. */
public abstract class DeclaredCommand extends Options implements Callable<Integer> {

    /** Declares nothing yet. */
    protected DeclaredCommand() {}

    @Override
    public abstract Integer call();
}
