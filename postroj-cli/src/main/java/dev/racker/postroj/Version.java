package dev.racker.postroj;

import picocli.CommandLine.IVersionProvider;

/** The version of this program, as the build wrote it into the archive. */
final class Version implements IVersionProvider {

    /** {@code 0.1.0}, or {@code development} when run from unpacked classes. */
    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"postroj " + number()};
    }
}
