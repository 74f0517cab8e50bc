package dev.racker.harness;

import dev.racker.harness.machine.Toolbox;
import dev.racker.harness.process.Command;
import java.util.ArrayList;
import java.util.List;

/**
 * A tar of the host that works in the files of a container and can reach no other.
 *
 * <p>Its root directory is the toolbox, which nobody can write to there, and its working directory is the container's
 * root. So a link that leads out of the container, put there by whoever runs inside while tar looks, leads to the
 * toolbox, and ".." to nothing above the container. Of privileges it has those that root inside has.
 */
final class ConfinedTar {

    /**
     * Toolbox, the container's root, a process in its user namespace or 0, arguments of tar. The root of a process is one of
     * another mount namespace, above which there is nothing; another directory becomes one below the toolbox.
     */
    private static final String SCRIPT = """
            tools=$1 root=$2 users=$3
            shift 3
            mount --bind -o ro "$tools" "$tools" || exit
            case $root in
                /proc/*) ;;
                *) mount --rbind "$root" "$tools/root" && root=$tools/root || exit ;;
            esac
            [ "$users" = 0 ] || set -- --user="/proc/$users/ns/user" --setuid=0 --setgid=0 "$@"
            exec nsenter --root="$tools" --wd="$root" "$@"
            """;

    private final Toolbox toolbox;

    ConfinedTar(Toolbox toolbox) {
        this.toolbox = toolbox;
    }

    /** Takes the program and its arguments; all paths in them are relative to the container's root. */
    Command command(ContainerView view, List<String> arguments) {
        List<String> all = new ArrayList<>(arguments.size() + 16);
        all.addAll(List.of("unshare", "--mount", "/bin/sh", "-c", SCRIPT, "sh"));
        all.addAll(List.of(toolbox.directory().toString(), view.root().toString(), Long.toString(view.users()), "--"));
        all.addAll(List.of("/ld.so", "--library-path", "/", "/" + arguments.get(0)));
        all.addAll(arguments.subList(1, arguments.size()));
        return Command.of(all);
    }
}
