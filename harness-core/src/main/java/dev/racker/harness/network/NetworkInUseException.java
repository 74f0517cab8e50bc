package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;
import java.util.List;

/** A network cannot be removed, because machines are connected to it. */
public final class NetworkInUseException extends HarnessException {

    private static final long serialVersionUID = 1L;

    NetworkInUseException(String network, List<Endpoint> endpoints) {
        super(
                "Tried to remove network " + network + ", but network " + network + " has active endpoints: "
                        + names(endpoints) + ".",
                "Stop these, or take them off with `racker network disconnect`.");
    }

    private static String names(List<Endpoint> endpoints) {
        StringBuilder names = new StringBuilder();
        for (Endpoint endpoint : endpoints) {
            names.append(names.isEmpty() ? "" : ", ").append(endpoint.name());
        }
        return names.toString();
    }
}
