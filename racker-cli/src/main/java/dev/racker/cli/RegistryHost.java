package dev.racker.cli;

/** The registry that a user names for a log-in. */
final class RegistryHost {

    private static final String HUB = "docker.io";

    private RegistryHost() {}

    /** Host and port; docker's own registry for null and for its old address; what surrounds the host is left away. */
    static String of(String server) {
        if (server == null || server.isEmpty()) {
            return HUB;
        }
        int scheme = server.indexOf("://");
        String rest = scheme < 0 ? server : server.substring(scheme + 3);
        String host = scheme < 0 || rest.indexOf('/') < 0 ? rest : rest.substring(0, rest.indexOf('/'));
        return host.equals("index.docker.io") || host.equals("registry-1.docker.io") ? HUB : host;
    }
}
