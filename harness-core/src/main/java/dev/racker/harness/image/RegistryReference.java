package dev.racker.harness.image;

/**
 * An image in a registry, in the grammar of docker's {@code distribution/reference}.
 *
 * @param host the registry, with its port when it has one: {@code docker.io}, {@code localhost:5000}
 * @param repository the whole path: {@code library/debian}
 * @param tag may be null only when a digest is given
 * @param digest may be null; when it is given, it decides and the tag is only a label
 */
public record RegistryReference(String host, String repository, String tag, Digest digest) implements ImageReference {

    /** The tag of a reference that names neither tag nor digest. */
    public static final String DEFAULT_TAG = "latest";

    static final String DOCKER_HUB = "docker.io";
    static final String OFFICIAL = "library/";

    /** Checks each part against docker's grammar, and writes docker's own registry in its one way. */
    public RegistryReference {
        if (tag == null && digest == null) {
            throw new IllegalArgumentException("a registry reference needs a tag or a digest");
        }
        RegistryGrammar.check(host + "/" + repository + (tag == null ? "" : ":" + tag), host, repository, tag);
        host = RegistryGrammar.normalizedHost(host);
        repository = RegistryGrammar.normalizedRepository(host, repository);
    }

    /** The same image under another tag, without digest. */
    public RegistryReference withTag(String newTag) {
        return new RegistryReference(host, repository, newTag, null);
    }

    /** The same image pinned to a digest; the tag stays. */
    public RegistryReference withDigest(Digest newDigest) {
        return new RegistryReference(host, repository, tag, newDigest);
    }

    /** Host and repository, without tag and digest: {@code docker.io/library/debian}. */
    public String name() {
        return host + "/" + repository;
    }

    /** The repository as docker's tables show it: {@code debian}, {@code opensuse/tumbleweed}, {@code quay.io/x/y}. */
    public String familiarName() {
        if (!host.equals(DOCKER_HUB)) {
            return name();
        }
        if (repository.startsWith(OFFICIAL) && repository.indexOf('/', OFFICIAL.length()) < 0) {
            String shortened = repository.substring(OFFICIAL.length());
            return ReferenceParser.isScheme(shortened) ? name() : shortened;
        }
        int slash = repository.indexOf('/');
        boolean shortIsSame = slash > 0 && !RegistryGrammar.looksLikeHost(repository.substring(0, slash));
        return shortIsSame ? repository : name();
    }

    /** The shortest text that means the same: {@code debian:bookworm-slim}. */
    public String familiar() {
        return familiarName() + suffix();
    }

    private String suffix() {
        String text = tag == null ? "" : ":" + tag;
        return digest == null ? text : text + "@" + digest;
    }

    @Override
    public String toString() {
        return host + "/" + repository + suffix();
    }
}
