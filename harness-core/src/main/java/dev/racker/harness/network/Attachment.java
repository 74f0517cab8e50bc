package dev.racker.harness.network;

/** stub. */
public interface Attachment extends AutoCloseable {
    /** stub. */
    String resolvConf();

    /** stub. */
    String teardownProgram();

    /** stub. */
    void connect(long leader);

    @Override
    void close();
}
