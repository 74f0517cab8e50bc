package dev.racker.harness.store;

/** A lock that is held until it is closed; any thread may close it, and closing twice is harmless. */
public interface Lock extends AutoCloseable {

    /** Lets go. */
    @Override
    void close();
}
