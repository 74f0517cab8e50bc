package dev.racker.postroj.plan;

import java.util.List;

/**
 * What to check, as it was written; null for what was not mentioned.
 *
 * @param units {@code NAME[=STATE]} each
 * @param network addresses
 * @param files {@code PATH[=...]} each
 * @param commands commands to run inside
 * @param journal patterns for the journal; an empty one for "no errors"
 * @param packages {@code NAME[=VERSION]} each
 * @param failedUnits whether there may be no failed units
 */
public record Checks(
        List<String> units,
        List<NetworkCheck> network,
        List<String> files,
        List<CommandCheck> commands,
        List<String> journal,
        List<String> packages,
        Boolean failedUnits) {

    /** Mentions nothing. */
    public static Checks none() {
        return new Checks(null, null, null, null, null, null, null);
    }

    /** Each kind of check as it is here, or, where it is not mentioned here, as it is there. */
    public Checks over(Checks there) {
        return new Checks(
                units != null ? units : there.units,
                network != null ? network : there.network,
                files != null ? files : there.files,
                commands != null ? commands : there.commands,
                journal != null ? journal : there.journal,
                packages != null ? packages : there.packages,
                failedUnits != null ? failedUnits : there.failedUnits);
    }
}
