package dev.racker.harness.host;

import java.util.List;

/**
 * The control plane in use.
 *
 * @param kind which one
 * @param reason why, as a clause without a full stop
 */
public record ControlPlane(ControlPlaneKind kind, String reason) {

    /** The environment variable that chooses the control plane: {@code direct} or {@code machined}. */
    public static final String VARIABLE = "RACKER_CONTROL_PLANE";

    static ControlPlane choose(String wish, Host host) {
        if (wish == null || wish.isEmpty()) {
            Feature machined = host.machined();
            ControlPlaneKind kind = machined.available() ? ControlPlaneKind.MACHINED : ControlPlaneKind.DIRECT;
            return new ControlPlane(kind, machined.detail());
        }
        if (wish.equals(ControlPlaneKind.DIRECT.toString())) {
            return new ControlPlane(ControlPlaneKind.DIRECT, VARIABLE + "=" + wish + " asks for it");
        }
        if (!wish.equals(ControlPlaneKind.MACHINED.toString())) {
            throw new HostException(
                    "Tried to use the control plane '" + wish + "' that " + VARIABLE + " names, but there is none of"
                            + " that name.",
                    "Set " + VARIABLE + " to machined or direct, or unset it.",
                    null);
        }
        Feature machined = host.machined();
        if (!machined.available()) {
            throw new HostException(
                    "Tried to use the control plane machined that " + VARIABLE + " asks for, but " + machined.detail()
                            + ".",
                    remedy(host),
                    null);
        }
        return new ControlPlane(ControlPlaneKind.MACHINED, VARIABLE + "=" + wish + " asks for it");
    }

    private static String remedy(Host host) {
        String other = "nset " + VARIABLE + ", or set it to direct.";
        if (!host.init().isSystemd() || host.packageManager().isEmpty()) {
            return "U" + other;
        }
        return MissingToolsException.installCommand(
                        List.of(Tool.MACHINECTL), host.packageManager().get())
                .map(command -> "Run: " + command + ", or u" + other)
                .orElse("U" + other);
    }
}
