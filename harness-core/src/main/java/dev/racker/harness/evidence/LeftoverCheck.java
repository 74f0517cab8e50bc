package dev.racker.harness.evidence;

import dev.racker.harness.probe.ProbeResult;
import dev.racker.harness.probe.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What an installation and a removal have left, told from a look before the one and a look after the other.
 *
 * <p>What belongs to the package manager or to the system that runs is none, see {@code leftovers.rules}, and neither is
 * what belongs to packages that are still installed. A file of an installed package that has changed is one below /etc
 * only, because elsewhere the package manager itself may have brought a newer one.
 */
public final class LeftoverCheck {

    private final LeftoverSnapshot before;
    private final LeftoverSnapshot after;
    private final LeftoverPolicy policy;
    private final List<PathGlob> allowed;
    private final Function<Collection<String>, Set<String>> owned;

    private LeftoverCheck(
            LeftoverSnapshot before,
            LeftoverSnapshot after,
            LeftoverPolicy policy,
            List<PathGlob> allowed,
            Function<Collection<String>, Set<String>> owned) {
        this.before = before;
        this.after = after;
        this.policy = policy;
        this.allowed = allowed;
        this.owned = owned;
    }

    /** Compares two looks at one machine, as after a purge; nothing is allowed, and no package owns anything. */
    public static LeftoverCheck between(LeftoverSnapshot before, LeftoverSnapshot after) {
        return new LeftoverCheck(before, after, LeftoverPolicy.AFTER_PURGE, List.of(), paths -> Set.of());
    }

    /** Sets what may stay. */
    public LeftoverCheck under(LeftoverPolicy newPolicy) {
        return new LeftoverCheck(before, after, newPolicy, allowed, owned);
    }

    /** Sets the patterns of what else may stay. */
    public LeftoverCheck allowing(List<PathGlob> globs) {
        return new LeftoverCheck(before, after, policy, List.copyOf(globs), owned);
    }

    /**
     * Sets who knows the files of installed packages.
     *
     * @param newOwned gets absolute paths, and returns those that belong to a package that is installed; asked once
     */
    public LeftoverCheck knowing(Function<Collection<String>, Set<String>> newOwned) {
        return new LeftoverCheck(before, after, policy, allowed, newOwned);
    }

    /** One failed result for each leftover, or one that passed when there is none. */
    public List<ProbeResult> results() {
        long start = System.nanoTime();
        List<ProbeResult> results = new ArrayList<>();
        for (Leftover leftover : leftovers()) {
            results.add(leftover.result());
        }
        if (results.isEmpty()) {
            results.add(new ProbeResult(
                    "leftover",
                    "file system",
                    "leftovers",
                    "none",
                    "nothing left",
                    Verdict.PASS,
                    "",
                    Duration.ofNanos(System.nanoTime() - start)));
        }
        return results;
    }

    /** What was left: files and directories by their path, then users, then groups. */
    public List<Leftover> leftovers() {
        List<Change> changes = new Changes(before, after, LeftoverRules.load(), policy, allowed).all();
        Set<String> installed = installed(changes);
        changes.removeIf(change -> belongsToPackage(change, installed));
        List<Leftover> leftovers = new LeftoverTree(after, changes).leftovers();
        accounts(LeftoverKind.USER, before.users(), after.users(), leftovers);
        accounts(LeftoverKind.GROUP, before.groups(), after.groups(), leftovers);
        return leftovers;
    }

    private Set<String> installed(List<Change> changes) {
        Set<String> asked = new TreeSet<>();
        for (Change change : changes) {
            asked.add(change.path());
            asked.add(after.alias(change.path()));
        }
        return asked.isEmpty() ? Set.of() : new HashSet<>(owned.apply(asked));
    }

    private boolean belongsToPackage(Change change, Set<String> installed) {
        boolean has = installed.contains(change.path()) || installed.contains(after.alias(change.path()));
        return switch (change.what()) {
            case CREATED -> has;
            case CHANGED -> has && !change.path().startsWith("/etc/");
            // A package that has gone, or has a newer version, takes its files away; no other may.
            case GONE -> !has && change.path().startsWith("/usr/");
        };
    }

    private void accounts(LeftoverKind kind, Set<String> old, Set<String> now, List<Leftover> leftovers) {
        for (String name : new TreeSet<>(now)) {
            if (policy == LeftoverPolicy.AFTER_PURGE && !old.contains(name) && !isAllowed(kind, name)) {
                leftovers.add(new Leftover(kind, name, "present", List.of()));
            }
        }
        for (String name : new TreeSet<>(old)) {
            if (!now.contains(name) && !isAllowed(kind, name)) {
                leftovers.add(new Leftover(LeftoverKind.GONE, name, "the " + kind.words() + " is gone", List.of()));
            }
        }
    }

    private boolean isAllowed(LeftoverKind kind, String name) {
        for (PathGlob glob : allowed) {
            if (glob.matchesAccount(kind, name)) {
                return true;
            }
        }
        return false;
    }
}
