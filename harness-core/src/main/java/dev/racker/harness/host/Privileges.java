package dev.racker.harness.host;

import java.util.List;
import java.util.StringTokenizer;

/**
 * What this process may do.
 *
 * @param effectiveUser the effective user id, -1 when it is not known
 * @param missing the capabilities that running machines needs and this process lacks
 */
public record Privileges(long effectiveUser, List<Capability> missing) {

    /** Says whether the effective user is root. */
    public boolean isRoot() {
        return effectiveUser == 0;
    }

    static Privileges read(HostFiles files) {
        String status = files.text("/proc/self/status");
        StringTokenizer users = new StringTokenizer(HostFiles.field(status, "Uid:"));
        boolean isThere = users.countTokens() > 1;
        if (isThere) {
            users.nextToken(); // the real user
        }
        long effective = isThere ? Long.parseLong(users.nextToken()) : -1;
        return new Privileges(effective, List.copyOf(Capability.missingFrom(HostFiles.field(status, "CapEff:"))));
    }
}
