package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * netavark(1) with what it leaves to its caller: one run at a time, and clean-up after a machine that is gone already.
 *
 * <p>Both commands are constant POSIX shell programs that hold flock(1) on one file, because netavark 1.4 has no lock
 * of its own and decides by what it sees whether it took down the last machine. Files in the directory:
 * {@code ID.json} what netavark was told, {@code ID.link} the index of the machine's link on the host
 * (empty from when netavark starts until it ends), {@code addresses/}, {@code up} while there may be a bridge,
 * {@code chains} when netavark's shared iptables chains were not there before our first machine.
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
            "$4" --config "$1" --file "$1/$3.json" setup "$6" 9>&- || exit
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
     * $1 directory, $2 bridge, $3 container id, $4 netavark, $5 address, $6 interface inside,
     * $7 the range of addresses.
     *
     * <p>netavark refuses when the namespace or the interface in it is gone, and leaves bridge and rules. So the link is
     * removed from the host's side, and netavark gets an empty namespace with an interface of that name. When no other
     * machine holds an address, whatever is still on the bridge is dying and is removed, so that netavark sees that it
     * is the last time. After a setup or teardown that failed or was killed a part of the rules is missing and netavark
     * stops at the first: then the last machine takes away bridge and rules without it.
     * netavark never removes the chains that its networks share. Those that came with our first machine go in one step,
     * unless a rule in them names an address or an interface and so serves another network; iptables-restore refuses
     * when such a rule comes in between.
     */
    private static final String TEARDOWN = """
            PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin NETAVARK_FW=iptables
            export PATH NETAVARK_FW
            [ -d "$1" ] || exit 0
            exec 9>>"$1/lock" && flock -x 9 || exit
            [ "$(readlink "$1/addresses/$5")" = "$3" ] || exit 0
            others=
            for address in "$1/addresses"/*; do
                [ "${address##*/}" = "$5" ] || [ ! -L "$address" ] || others=yes
            done
            mine=none
            [ ! -f "$1/$3.link" ] || read -r mine <"$1/$3.link"
            for port in "/sys/class/net/$2/brif"/*; do
                link=${port##*/}
                [ -e "/sys/class/net/$link" ] && read -r index <"/sys/class/net/$link/ifindex" || continue
                if [ -z "$others" ] || [ "$index" = "$mine" ]; then
                    ip link delete dev "$link" 2>/dev/null || [ ! -e "/sys/class/net/$link" ] || exit
                fi
            done
            if [ -z "$others" ] && [ -e "$1/dns" ]; then
                pid=none name=
                [ ! -e "$1/dns/aardvark.pid" ] || read -r pid <"$1/dns/aardvark.pid"
                [ ! -e "/proc/$pid/comm" ] || read -r name <"/proc/$pid/comm"
                [ "$name" != aardvark-dns ] || kill "$pid"
                rm -rf "$1/dns"
            fi
            if [ -f "$1/$3.json" ] && [ -e "$1/up" ] && { [ -z "$others" ] || [ -e "$1/$3.link" ]; }; then
                exec 8</proc/self/ns/net
                if unshare --net sh -c '
                        ip link add dev "$1" type veth || exit
                        shift
                        nsenter --net=/proc/self/fd/8 "$@" "/proc/$$/ns/net"
                    ' sh "$6" "$4" --config "$1" --file "$1/$3.json" teardown 9>&- >&2; then
                    [ -e "/sys/class/net/$2" ] || rm -f "$1/up"
                elif [ -z "$others" ]; then
                    [ ! -e "/sys/class/net/$2" ] || ip link delete dev "$2" || exit
                    chain=$(iptables-save -t nat | sed -n "s#^-A \\(NETAVARK-[^ ]*\\) -d $7 .*#\\1#p")
                    iptables-save | sed -n -e '/^\\*/p' -e "/^:${chain:-none} /{s/^:\\([^ ]*\\).*/-X \\1/;H;}" \\
                        -e "\\#^-A.*\\($7\\|${chain:-none}\\)#s/^-A/-D/p" -e '/^COMMIT/{x;s/^\\n//;/./p;s/.*//;x;p;}' |
                        iptables-restore -w --noflush || exit
                    rm -f "$1/up"
                fi
            fi
            if [ -z "$others" ]; then
                if [ -e "/sys/class/net/$2" ]; then
                    echo "the bridge $2 is still there" >&2
                    exit 1
                fi
                if [ -e "$1/chains" ]; then
                    undo=$(iptables-save | sed -n -e '/^\\*/p' -e '/^:NETAVARK/{s/^:\\([^ ]*\\).*/-X \\1/;H;}' \\
                        -e '/^-A.*NETAVARK/s/^-A/-D/p' -e '/^COMMIT/{x;s/^\\n//;/./p;s/.*//;x;p;}')
                    case $undo in
                        *' -s '* | *' -d '* | *' -i '* | *' -o '*) ;;
                        *) echo "$undo" | iptables-restore -w --noflush ;;
                    esac
                fi
                rm -rf "$1/chains" "$1/firewall"
            fi
            rm -f "$1/$3.json" "$1/$3.link" && rm -f "$1/addresses/$5"
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
                .with(forwarder().toString(), namespace, forwarding, config.bridgeMac());
    }

    /** Gives back everything of one machine. */
    Command teardown(String containerId, String address) {
        String range = Subnet.of(Subnet.parse(address)).toString();
        return command(TEARDOWN, "racker-disconnect", containerId).with(address, NetavarkConfig.INTERFACE, range);
    }

    private Command command(String script, String name, String containerId) {
        List<String> arguments = new ArrayList<>(entry);
        Collections.addAll(arguments, "sh", "-c", script, name, directory.toString(), bridge, containerId);
        arguments.add(program.toString());
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
