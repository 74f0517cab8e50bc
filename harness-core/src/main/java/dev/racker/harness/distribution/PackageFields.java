package dev.racker.harness.distribution;

/** What all formats tell of a package; checked to be there. */
record PackageFields(PackageFormat format, String name, String version, String architecture) {

    PackageFields {
        require(name, "a name");
        require(version, "a version");
        require(architecture, "an architecture");
    }

    private static void require(String value, String what) {
        if (value == null || value.isBlank()) {
            throw new InvalidPackageException("its metadata lacks " + what, null);
        }
    }
}
