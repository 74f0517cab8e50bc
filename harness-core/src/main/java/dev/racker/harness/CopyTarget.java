package dev.racker.harness;

import dev.racker.harness.error.HarnessException;

/**
 * Where a copy comes to lie, by docker's rules.
 *
 * @param intoIt whether the destination is a directory that the copy comes into; otherwise it becomes the destination
 * @param name that the copy gets; empty when only what is in the source is copied
 */
record CopyTarget(boolean intoIt, String name) {

    /**
     * What is copied.
     *
     * @param name its last name
     * @param contentOnly whether only what is in the directory is meant: its path ends with {@code /.}
     */
    record Source(String name, boolean isDirectory, boolean contentOnly) {}

    /**
     * Where to.
     *
     * @param text as it was given
     * @param name its last name
     * @param parentExists whether its directory is there
     */
    record Destination(String text, String name, boolean exists, boolean isDirectory, boolean parentExists) {

        /** Says whether the path can only be a directory's. */
        boolean mustBeDirectory() {
            return text.endsWith("/") || text.endsWith("/.");
        }
    }

    static CopyTarget of(Source source, Destination destination) {
        if (destination.isDirectory()) {
            return new CopyTarget(true, source.contentOnly() ? "" : source.name());
        }
        if (destination.exists()) {
            if (source.isDirectory()) {
                throw failed(destination, "cannot copy a directory onto a file", "Name a directory.");
            }
            if (destination.mustBeDirectory()) {
                throw failed(destination, "it is not a directory", "Leave out the slash at its end.");
            }
        } else if (!destination.parentExists()) {
            throw failed(destination, "there is no such directory", "Create the directory that it is to lie in first.");
        } else if (!source.isDirectory() && destination.mustBeDirectory()) {
            throw failed(
                    destination, "there is no such directory", "Create it first, or leave out the slash at its end.");
        }
        return new CopyTarget(false, destination.name());
    }

    private static HarnessException failed(Destination destination, String problem, String hint) {
        return new HarnessException("Tried to copy to \"" + destination.text() + "\", but " + problem + ".", hint);
    }
}
