package dev.racker.harness.host;

/** How machines are started, entered and stopped on a host. */
public enum ControlPlaneKind {
    /** The host's systemd supervises machines as units, and systemd-machined knows them. */
    MACHINED("machined"),
    /** Machines are child processes, for hosts without systemd. */
    DIRECT("direct");

    private final String word;

    ControlPlaneKind(String word) {
        this.word = word;
    }

    /** The word that settings and output use: {@code machined} or {@code direct}. */
    @Override
    public String toString() {
        return word;
    }
}
