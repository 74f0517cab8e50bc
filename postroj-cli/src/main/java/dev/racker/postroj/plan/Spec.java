package dev.racker.postroj.plan;

import java.nio.file.Path;
import java.util.List;

/**
 * What a specification file says; null for what it does not mention.
 *
 * @param images labels, globs or references
 * @param packages the packages that it tests, with what is special about each
 * @param treatment what holds for all of them
 * @param run how the run itself goes
 */
public record Spec(List<String> images, List<Entry> packages, Treatment treatment, Run run) {

    /** Says nothing. */
    public static Spec empty() {
        return new Spec(null, null, Treatment.none(), Run.none());
    }

    /**
     * One row of the matrix.
     *
     * @param packages what is installed together, as written: names, paths or addresses
     * @param sha256 the digest of the downloaded package, 64 hexadecimal digits; null when none is given
     * @param treatment what is special about it
     */
    public record Entry(List<String> packages, String sha256, Treatment treatment) {}

    /**
     * How the run goes; null for what is not mentioned.
     *
     * @param jobs how many machines at once
     * @param retries how often a cell that ended with ERROR is tried again
     * @param failFast whether nothing new is begun after the first failure
     * @param reportDirectory where reports are written
     * @param bootTimeout seconds that a machine may take until it is ready
     * @param packageTimeout seconds that the package manager may take for one step
     * @param unitTimeout seconds that a unit may be activating
     * @param networkTimeout seconds that an address may stay silent
     * @param keepOnFailure whether the machine of what did not pass is left
     * @param shellOnFailure whether a shell is opened in it
     */
    public record Run(
            Integer jobs,
            Integer retries,
            Boolean failFast,
            Path reportDirectory,
            Integer bootTimeout,
            Integer packageTimeout,
            Integer unitTimeout,
            Integer networkTimeout,
            Boolean keepOnFailure,
            Boolean shellOnFailure) {

        /** Mentions nothing. */
        public static Run none() {
            return new Run(null, null, null, null, null, null, null, null, null, null);
        }

        /** Each thing as it is here, or, where it is not mentioned here, as it is there. */
        public Run over(Run there) {
            return new Run(
                    jobs != null ? jobs : there.jobs,
                    retries != null ? retries : there.retries,
                    failFast != null ? failFast : there.failFast,
                    reportDirectory != null ? reportDirectory : there.reportDirectory,
                    bootTimeout != null ? bootTimeout : there.bootTimeout,
                    packageTimeout != null ? packageTimeout : there.packageTimeout,
                    unitTimeout != null ? unitTimeout : there.unitTimeout,
                    networkTimeout != null ? networkTimeout : there.networkTimeout,
                    asks() ? keepOnFailure : there.keepOnFailure,
                    asks() ? shellOnFailure : there.shellOnFailure);
        }

        /** One of the two answers what is done with machines, and so rules out the other one from elsewhere. */
        private boolean asks() {
            return keepOnFailure != null || shellOnFailure != null;
        }

        /** The same with an answer to what is done with the machine of what did not pass; null where there is none. */
        public Run after(Boolean keep, Boolean shell) {
            return new Run(
                    jobs,
                    retries,
                    failFast,
                    reportDirectory,
                    bootTimeout,
                    packageTimeout,
                    unitTimeout,
                    networkTimeout,
                    keep,
                    shell);
        }
    }
}
