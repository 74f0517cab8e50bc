package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.WhenCancelled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * netavark(1), which connects a machine, and what disconnects one without it.
 *
 * <p>Both commands are constant POSIX shell programs that hold flock(1) on one file, because netavark 1.4 has no lock
 * of its own; what they start holds it as well, so that nobody comes in between when the shell alone is killed. Of a machine netavark makes a link only; the bridge and all rules serve every machine, and go with the
 * last one. netavark's own teardown does the same with some forty more programs, and refuses when the machine is gone
 * already. Files in the directory: {@code ID.json} what netavark was told, {@code ID.link} the index of the machine's
 * link on the host (empty from when netavark starts until it ends), {@code addresses/}, {@code up} while there may be a
 * bridge, {@code chains} when netavark's shared iptables chains were not there before our first machine.
 *
 * @param program netavark itself
 * @param entry the words before each command, which lead to the host's network
 * @param directory where the state of a bridge is kept
 * @param bridge the name of the bridge
 */
record Netavark(Path program, List<String> entry, Path directory, String bridge) {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    static final List<String> PLACES = List.of("/usr/lib/podman", "/usr/libexec/podman");
    private static final List<String> SYSTEM = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

    /**
     * $1 directory, $2 bridge, $3 container id, $4 netavark, $5 aardvark-dns, $6 network namespace, $7 where to forward,
     * $8 hardware address of the bridge.
     *
     * <p>netavark 1.4 leaves the bridge with the lowest hardware address of its links: when that machine ends, all others
     * lose their gateway until their neighbour entries expire. So the bridge gets an address that stays (3 is
     * NET_ADDR_SET). Under the lock the newest link on the bridge is the one that netavark has just made. aardvark-dns is
     * not left to netavark, which makes it listen anew, and lose questions, for each machine that comes or goes; when it
     * cannot listen, another server already answers on all addresses of the host.
     */
    private static final String SETUP = """
            PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin NETAVARK_FW=iptables
            export PATH NETAVARK_FW
            exec 9>>"$1/lock" && flock -x 9 || exit
            if [ ! -e "/sys/class/net/$2" ] && ! iptables -w -t filter -S NETAVARK_FORWARD >/dev/null 2>&1; then
                : >"$1/chains"
            fi
            : >"$1/up"
            : >"$1/$3.link"
            "$4" --config "$1" --file "$1/$3.json" setup "$6" || exit
            read -r assigned <"/sys/class/net/$2/addr_assign_type"
            [ "$assigned" = 3 ] || ip link set dev "$2" address "$8" || exit
            newest=0
            for port in "/sys/class/net/$2/brif"/*; do
                read -r index <"/sys/class/net/${port##*/}/ifindex" || continue
                [ "$index" -le "$newest" ] || newest=$index
            done
            echo "$newest" >"$1/$3.link"
            [ -n "$7" ] || exit 0
            pid=none name=
            [ ! -e "$1/dns/aardvark.pid" ] || read -r pid <"$1/dns/aardvark.pid"
            [ ! -e "/proc/$pid/comm" ] || read -r name <"/proc/$pid/comm"
            [ "$name" != aardvark-dns ] || exit 0
            mkdir -p "$1/dns" && echo "$7" >"$1/dns/$2" && echo "gateway $7  gateway" >>"$1/dns/$2" || exit
            "$5" --config "$1/dns" -p 53 run 9>&- || :
            """;

    /**
     * $1 directory, $2 bridge, $3 container id, $4 address, $5 range of addresses.
     *
     * <p>When no other machine holds an address, bridge and rules go. netavark's links that are still on the bridge are
     * dying, and the kernel may remove them first; whether the bridge is gone is all that counts. Each removal of a link
     * waits for the kernel to let go of it, so all go in one, as a group whose number nobody else has, and the rules go
     * meanwhile. The chains that netavark's networks share and that came with our first
     * machine go as well, unless a rule in them names an address or an interface and so serves another network;
     * iptables-restore refuses when such a rule comes in between, and then all is looked at again. What else netavark
     * leaves: firewalld trusts the range, and since 1.15 systemd-sysctl(8) knows what was set for the bridge.
     */
    private static final String TEARDOWN = """
            PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
            export PATH
            [ -d "$1" ] || exit 0
            exec 9>>"$1/lock" && flock -x 9 || exit
            [ "$(readlink "$1/addresses/$4")" = "$3" ] || exit 0
            for address in "$1/addresses"/*; do
                [ "${address##*/}" != "$4" ] && [ -L "$address" ] || continue
                mine=
                [ ! -e "$1/$3.link" ] || read -r mine <"$1/$3.link"
                for port in "/sys/class/net/$2/brif"/*; do
                    link=${port##*/}
                    [ -n "$mine" ] && [ -e "$port" ] && read -r index <"/sys/class/net/$link/ifindex" || continue
                    [ "$index" != "$mine" ] || ip link delete dev "$link" 2>/dev/null || [ ! -e "$port" ] || exit
                done
                exec rm -f "$1/firewall/ports"/*"_$3" "$1/$3.json" "$1/$3.link" "$1/addresses/$4"
            done
            if [ -e "$1/dns" ]; then
                pid=none name=
                [ ! -e "$1/dns/aardvark.pid" ] || read -r pid <"$1/dns/aardvark.pid"
                [ ! -e "/proc/$pid/comm" ] || read -r name <"/proc/$pid/comm"
                [ "$name" != aardvark-dns ] || kill "$pid"
            fi
            undo_rules() {
                rules=$(iptables-save -t filter && iptables-save -t nat) || return
                range=${5%/*}.${5#*/}
                hash=$(echo "$rules" | sed -n "/^-A NETAVARK-[^ ]* -d $range /{s/^-A NETAVARK-\\([^ ]*\\) .*/\\1/p;q;}")
                ours=" -[sd] $range \\| -[io] $2 \\| NETAVARK-${hash:-none}\\($\\| \\)\\|NETAVARK-DN-${hash:-none} "
                if [ -e "$1/chains" ]; then
                    shared=$(echo "$rules" | sed -n -e "/$ours/d" -e '/^-A NETAVARK.* -[sdio] /p' \\
                        -e '/^-A.* -[sdio] .* -j NETAVARK/p')
                    [ -n "$shared" ] || ours=NETAVARK
                fi
                echo "$rules" | sed -n -e '/^\\*/p' -e "/^:NETAVARK/{s/^:\\([^ ]*\\).*/-X \\1 /;/$ours/H;}" \\
                    -e "/^-A NETAVARK/{/$ours/s/^-A/-D/p;}" -e "/^-A.* -j NETAVARK/{/$ours/s/^-A/-D/p;}" \\
                    -e '/^COMMIT/{x;s/^\\n//;/./p;s/.*//;x;p;}' | iptables-restore -w --noflush
            }
            if [ -e "$1/up" ]; then
                if [ -e "/sys/class/net/$2" ]; then
                    read -r index <"/sys/class/net/$2/ifindex" || exit
                    group=$((1918960128 + index))
                    {
                        for port in "/sys/class/net/$2/brif"/veth*; do
                            [ ! -e "$port" ] || echo "link set dev ${port##*/} group $group"
                        done
                        echo "link set dev $2 group $group"
                        echo "link delete group $group"
                    } | ip -force -batch - >/dev/null 2>&1 &
                fi
                zones='org.fedoraproject.FirewallD1 /org/fedoraproject/FirewallD1 org.fedoraproject.FirewallD1.zone'
                if command -v firewalld >/dev/null &&
                    [ "$(busctl --auto-start=no call $zones getZoneOfSource s "$5" 2>/dev/null)" = 's "trusted"' ]; then
                    busctl call $zones removeSource ss trusted "$5" >&2 || exit
                fi
                undo_rules "$@" || undo_rules "$@" || exit
                wait
            fi
            if [ -e "/sys/class/net/$2" ]; then
                echo "the bridge $2 is still there" >&2
                exit 1
            fi
            rm -rf "$1/dns" "$1/firewall" "/run/sysctl.d/10-netavark-$2.conf" "$1/chains" "$1/up" \\
                "$1/$3.json" "$1/$3.link" "$1/addresses/$4"
            """;

    /**
     * Finds netavark in {@code places}, where podman's packages put it, then on {@code path}, and checks that iptables is there.
     *
     * @throws HarnessException that names the package of what is missing
     */
    static Netavark locate(List<String> places, String path, List<String> entry, Path directory, String bridge) {
        Path program = find("netavark", places);
        if (program == null) {
            program = find("netavark", List.of(path.split(":")));
        }
        if (program == null) {
            throw missing("netavark");
        }
        if (find("iptables", List.of(path.split(":"))) == null && find("iptables", SYSTEM) == null) {
            throw missing("iptables");
        }
        return new Netavark(program, entry, directory, bridge);
    }

    /**
     * Connects the machine whose configuration is in the directory.
     *
     * @param forwarding the address on which aardvark-dns shall answer; empty for none
     */
    Command setup(NetavarkConfig config, String namespace, String forwarding) {
        return command(SETUP, "racker-connect", config.containerId())
                .with(program.toString(), forwarder().toString(), namespace, forwarding, config.bridgeMac());
    }

    /** Gives back everything of one machine. */
    Command teardown(String containerId, String address) {
        String range = Subnet.of(Subnet.parse(address)).toString();
        return command(TEARDOWN, "racker-disconnect", containerId)
                .with(address, range)
                .whenCancelled(WhenCancelled.GO_ON);
    }

    private Command command(String script, String name, String containerId) {
        List<String> arguments = new ArrayList<>(entry);
        Collections.addAll(arguments, "sh", "-c", script, name, directory.toString(), bridge, containerId);
        return Command.of(arguments).timeout(TIMEOUT);
    }

    /** Where aardvark-dns, which comes beside netavark, is; it need not exist. */
    Path forwarder() {
        return program.resolveSibling("aardvark-dns");
    }

    private static Path find(String name, List<String> directories) {
        for (String directory : directories) {
            Path candidate = Path.of(directory, name);
            if (!directory.isEmpty() && Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    private static HarnessException missing(String program) {
        return new HarnessException(
                "Tried to connect a machine to the bridge, but there is no " + program + " on this host.",
                "Install the package " + program + ", or use --network=host or --network=none.");
    }
}
