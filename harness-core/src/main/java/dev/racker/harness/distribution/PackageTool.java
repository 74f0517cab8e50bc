package dev.racker.harness.distribution;

import java.util.List;

/**
 * What is special to one package manager: its command lines, and what it means by its exit status and its words.
 *
 * <p>A request may need several programs, which run in order until one fails.
 */
interface PackageTool {

    /**
     * One package of a request.
     *
     * @param file its path inside; null for a package of the repositories
     * @param version null for any; never null for a file
     */
    record Item(String file, String name, String version) {
        boolean isFile() {
            return file != null;
        }

        /** Whether it must be exactly this version. */
        boolean isExact() {
            return version != null;
        }
    }

    /** The program's name. */
    String name();

    PackageFormat format();

    /** The variables that keep it from asking, {@code NAME=value}. */
    default List<String> environment() {
        return List.of();
    }

    List<List<String>> refresh();

    List<List<String>> install(List<Item> items);

    List<List<String>> upgrade(List<Item> items);

    /** Every item has a version, the installed one. */
    List<List<String>> reinstall(List<Item> items);

    List<List<String>> remove(List<String> names);

    List<List<String>> purge(List<String> names);

    /**
     * What to do instead when {@link #install}, {@link #upgrade} or {@link #reinstall} ended as {@code said}; empty when
     * that was it.
     */
    default List<List<String>> instead(List<Item> items, String said) {
        return List.of();
    }

    /** Reads how a program ended. */
    Reading read(int status, String said);

    /** Reads how a program of {@link #refresh} ended: there, a repository that was left out is a failure. */
    default Reading readRefresh(int status, String said) {
        return read(status, said);
    }

    PackageDatabase database();

    /** Copies of changed configuration files end so after a removal; empty when they keep their name. */
    String savedConfiguration();

    /** How a program ended: {@code reason} is empty exactly when it did what it was asked. */
    record Reading(String reason, boolean unreachable) {
        static final Reading GOOD = new Reading("", false);

        static Reading failed(String reason) {
            return new Reading(reason, false);
        }

        boolean good() {
            return reason.isEmpty();
        }
    }
}
