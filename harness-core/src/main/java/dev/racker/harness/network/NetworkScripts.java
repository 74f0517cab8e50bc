package dev.racker.harness.network;

/**
 * The constant POSIX shell programs that change the host's network.
 *
 * <p>They hold flock(1) on one file of the host, whichever directory they work in, because netavark 1.4 has no lock of its
 * own, and all that connect machines share the host's rules; what they start holds it as well, so that nobody comes in
 * between when the shell alone is killed. The file stays, as that of iptables(8) does.
 *
 * <p>Who finds none of netavark's chains makes the first one of them, and with it, in the same transaction, the empty chain
 * NETAVARK_RACKER: it says that all those chains came with a machine of ours, and go with the last one. It is in the table
 * that iptables-restore(8) commits last. A bridge is no sign of them: one that could not be removed outlives them.
 */
final class NetworkScripts {

    private static final String BEGIN = """
            PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin NETAVARK_FW=iptables
            export PATH NETAVARK_FW
            exec 9>>/run/racker-networks.lock && flock -x 9 || exit
            """;

    private static final String BEGIN_CHAINS = """
            begin_chains() {
                printf '%s\n' '*nat' '-N NETAVARK-HOSTPORT-DNAT' '-N NETAVARK_RACKER' COMMIT |
                    "$1-restore" -w --noflush >/dev/null 2>&1 || :
            }
            """;

    /** Sets pid to the aardvark-dns of a directory; it writes its number down only after whoever started it has gone on. */
    private static final String FIND_SERVER = """
            find_server() {
                pid= number=none name=
                [ -d "$1" ] || return 0
                [ ! -e "$1/aardvark.pid" ] || read -r number <"$1/aardvark.pid"
                [ ! -e "/proc/$number/comm" ] || read -r name <"/proc/$number/comm"
                if [ "$name" = aardvark-dns ]; then
                    pid=$number
                    return
                fi
                for file in $(grep -lszxF -e "$1" /proc/[0-9]*/cmdline); do
                    [ -e "${file%/*}/comm" ] && read -r name <"${file%/*}/comm" && [ "$name" = aardvark-dns ] || continue
                    pid=${file#/proc/} pid=${pid%/*}
                done 2>/dev/null
            }
            """;

    /**
     * Connects a machine to the default bridge. $1 directory, $2 bridge, $3 container id, $4 netavark, $5 aardvark-dns, $6
     * network namespace, $7 where to forward, $8 hardware address of the bridge.
     *
     * <p>netavark 1.4 leaves the bridge with the lowest hardware address of its links: when that machine ends, all others
     * lose their gateway until their neighbour entries expire. So the bridge gets an address that stays (3 is
     * NET_ADDR_SET). Under the lock the newest link on the bridge is the one that netavark has just made. aardvark-dns is
     * not left to netavark, which makes it listen anew, and lose questions, for each machine that comes or goes; when it
     * cannot listen, another server already answers on all addresses of the host.
     */
    static final String SETUP = BEGIN + BEGIN_CHAINS + FIND_SERVER + """
            begin_chains iptables
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
            find_server "$1/dns"
            [ -z "$pid" ] || exit 0
            mkdir -p "$1/dns" && echo "$7" >"$1/dns/$2" && echo "gateway $7  gateway" >>"$1/dns/$2" || exit
            "$5" --config "$1/dns" -p 53 run 9>&- || :
            """;

    /**
     * Connects a machine to networks of users, one after the other. $1 directory, $2 container id, $3 netavark, $4
     * aardvark-dns, $5 network namespace; then for each network its directory's name, the machine's interface, and the
     * metric of its default route (0 for no such route).
     *
     * <p>netavark 1.4 gives all default routes the same metric, so the first network would not be the one that is used. One
     * aardvark-dns serves all networks: who asks finds the names of each network that it is in, whichever it asks in.
     */
    static final String JOIN = BEGIN + BEGIN_CHAINS + FIND_SERVER + """
            top=$1 id=$2 netavark=$3 server=$4 namespace=$5
            shift 5
            while [ "$#" -gt 2 ]; do
                state=$top/networks/$1 interface=$2 metric=$3
                shift 3
                read -r bridge mac range range6 gateway gateway6 <"$state/network" || exit
                begin_chains iptables
                [ "$range6" = - ] || begin_chains ip6tables
                : >"$state/up"
                : >"$state/$id.link"
                "$netavark" --config "$top" --file "$state/$id.json" setup "$namespace" || exit
                read -r assigned <"/sys/class/net/$bridge/addr_assign_type"
                [ "$assigned" = 3 ] || ip link set dev "$bridge" address "$mac" || exit
                newest=0
                for port in "/sys/class/net/$bridge/brif"/*; do
                    read -r index <"/sys/class/net/${port##*/}/ifindex" || continue
                    [ "$index" -le "$newest" ] || newest=$index
                done
                echo "$newest" >"$state/$id.link"
                if [ "$metric" -gt 100 ]; then
                    for via in "-4 $gateway" "-6 $gateway6"; do
                        [ "$via" != '-6 -' ] || continue
                        {
                            echo "route add default via ${via#* } dev $interface metric $metric"
                            echo "route del default via ${via#* } dev $interface metric 100"
                        } | nsenter --net="$namespace" ip "${via% *}" -batch - || exit
                    done
                fi
                listen=$gateway
                [ "$gateway6" = - ] || listen=$listen,$gateway6
                mkdir -p "$top/names" && { echo "$listen"; cat "$state"/*.names; } >"$top/names.new" &&
                    mv "$top/names.new" "$top/names/$bridge" || exit
            done
            find_server "$top/names"
            if [ -n "$pid" ]; then
                kill -HUP "$pid"
            else
                "$server" --config "$top/names" -p 53 run 9>&-
            fi
            """;

    private static final String REMOVE_RULES = """
            remove_rules() {
                rules=$("$1-save" -t filter && "$1-save" -t nat) || return
                case $rules in *racker:$id[\\"\\ ]*) ;; *) return 0 ;; esac
                echo "$rules" | sed -n -e '/^\\*/p' -e "/ --comment \\"\\{0,1\\}racker:$id\\"\\{0,1\\} /s/^-A/-D/p" \\
                    -e '/^COMMIT/p' | "$1-restore" -w --noflush
            }
            """;

    /**
     * Lets a machine's ports answer on the host. $1 directory, $2 container id, $3 bridge, or empty when they shall no longer
     * answer, $4 directory of the network that the bridge is of.
     *
     * <p>Where iptables sees what a bridge forwards, as most container engines set it (bridge-nf-call-iptables), a machine
     * reaches its own published port only by way of a link in hairpin mode. What is connected to the host's loopback
     * addresses is led to the bridge only where route_localnet allows it; one of the rules sees to it that no machine
     * reaches a service of the host's loopback in turn.
     */
    static final String PUBLISH = BEGIN + REMOVE_RULES + """
            top=$1 id=$2
            for program in iptables ip6tables; do
                [ -e "$top/rules/$id.$program" ] || continue
                remove_rules "$program" || remove_rules "$program" || exit
                "$program-restore" -w --noflush <"$top/rules/$id.$program" || exit
            done
            [ -n "$3" ] || exit 0
            echo 1 >"/proc/sys/net/ipv4/conf/$3/route_localnet" || exit
            read -r mine <"$4/$id.link" || exit
            for port in "/sys/class/net/$3/brif"/*; do
                read -r index <"/sys/class/net/${port##*/}/ifindex" || continue
                [ "$index" != "$mine" ] || echo 1 >"$port/hairpin_mode"
            done
            """;

    /**
     * Disconnects a machine. $1 directory, $2 default bridge, $3 container id, $4 address there, $5 range of addresses there;
     * $6 empty for all of its networks, or the only one: "bridge" or a directory's name.
     *
     * <p>A machine that has more than its place on the default bridge has a file in members/, which tells that place, too.
     *
     * <p>When no other machine holds an address, bridge and rules go. netavark's links that are still on the bridge are
     * dying, and the kernel may remove them first; whether the bridge is gone is all that counts. Each removal of a link
     * waits for the kernel to let go of it, so all go in one, as a group whose number nobody else has, and the rules go
     * meanwhile. The chains that netavark's networks share and that came with a
     * machine of ours go as well, unless a rule in them names an address or an interface and so serves another network;
     * iptables-restore refuses when such a rule comes in between, and then all is looked at again. What else netavark
     * leaves: firewalld trusts the range, and since 1.15 systemd-sysctl(8) knows what was set for the bridge.
     */
    static final String TEARDOWN = """
            [ -d "$1" ] || exit 0
            """ + BEGIN + FIND_SERVER + """
            top=$1 id=$3 only=${6-}
            undo_rules() {
                rules=$("$1-save" -t filter && "$1-save" -t nat) || return
                subnet=${3%/*}.${3#*/}
                hash=$(echo "$rules" | sed -n "/^-A NETAVARK-[^ ]* -d $subnet /{s/^-A NETAVARK-\\([^ ]*\\) .*/\\1/p;q;}")
                ours=" -[sd] $subnet \\| -[io] $2 \\| NETAVARK-${hash:-none}\\($\\| \\)\\|NETAVARK-DN-${hash:-none} "
                case $rules in *':NETAVARK_RACKER '*)
                    shared=$(echo "$rules" | sed -n -e "/$ours/d" -e '/^-A NETAVARK.* -[sdio] /p' \\
                        -e '/^-A.* -[sdio] .* -j NETAVARK/p')
                    [ -n "$shared" ] || ours=NETAVARK
                    ;;
                esac
                echo "$rules" | sed -n -e '/^\\*/p' -e "/^:NETAVARK/{s/^:\\([^ ]*\\).*/-X \\1 /;/$ours/H;}" \\
                    -e "/^-A NETAVARK/{/$ours/s/^-A/-D/p;}" -e "/^-A.* -j NETAVARK/{/$ours/s/^-A/-D/p;}" \\
                    -e '/^COMMIT/{x;s/^\\n//;/./p;s/.*//;x;p;}' | "$1-restore" -w --noflush
            }
            leave() {
                [ "$(readlink "$1/addresses/$3")" = "$id" ] || return 0
                for other in "$1/addresses"/*; do
                    [ "${other##*/}" != "$3" ] && [ -L "$other" ] || continue
                    mine=
                    [ ! -e "$1/$id.link" ] || read -r mine <"$1/$id.link"
                    for port in "/sys/class/net/$2/brif"/*; do
                        link=${port##*/}
                        [ -n "$mine" ] && [ -e "$port" ] && read -r index <"/sys/class/net/$link/ifindex" || continue
                        [ "$index" != "$mine" ] || ip link delete dev "$link" 2>/dev/null || [ ! -e "$port" ] || return
                    done
                    rm -f "$top/firewall/ports"/*"_$id" "$1/$id.json" "$1/$id.link" "$1/addresses/$3"
                    return
                done
                find_server "$1/dns"
                [ -z "$pid" ] || kill -KILL "$pid"
                if [ -e "$1/up" ]; then
                    if [ -e "/sys/class/net/$2" ]; then
                        read -r index <"/sys/class/net/$2/ifindex" || return
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
                    for trusted in "$4" $5; do
                        if command -v firewalld >/dev/null &&
                            [ "$(busctl --auto-start=no call $zones getZoneOfSource s "$trusted" 2>/dev/null)" = 's "trusted"' ]
                        then
                            busctl call $zones removeSource ss trusted "$trusted" >&2 || return
                        fi
                    done
                    undo_rules iptables "$2" "$4" || undo_rules iptables "$2" "$4" || return
                    [ -z "$5" ] || undo_rules ip6tables "$2" "$5" || undo_rules ip6tables "$2" "$5" || return
                    wait
                fi
                if [ -e "/sys/class/net/$2" ]; then
                    echo "the bridge $2 is still there" >&2
                    return 1
                fi
                rm -rf "$1/dns" "/run/sysctl.d/10-netavark-$2.conf" "$1/up" || return
                used=
                for other in "$top/up" "$top/networks"/*/up; do
                    [ ! -e "$other" ] || used=1
                done
                [ -n "$used" ] || rm -rf "$top/firewall" || return
                rm -f "$1/$id.json" "$1/$id.link" "$1/addresses/$3"
            }
            """ + REMOVE_RULES + """
            unpublish() {
                if [ -e "$top/rules/$id.bridge" ]; then
                    read -r bridge <"$top/rules/$id.bridge"
                    rm -f "$top/rules/$id.bridge"
                    setting=/proc/sys/net/ipv4/conf/$bridge/route_localnet
                    [ ! -e "$setting" ] || grep -qsxF "$bridge" "$top/rules"/*.bridge || echo 0 >"$setting"
                fi
                for program in iptables ip6tables; do
                    [ -e "$top/rules/$id.$program" ] || continue
                    remove_rules "$program" || remove_rules "$program" || return
                done
                rm -f "$top/rules/$id".* "$top/ports/$id"
            }
            forget_names() {
                rm -f "$1/$id.names"
                [ -e "$top/names/$2" ] || return 0
                read -r listen <"$top/names/$2"
                rm -f "$top/names/$2"
                for file in "$1"/*.names; do
                    [ -e "$file" ] || continue
                    { echo "$listen"; cat "$1"/*.names; } >"$top/names.new" && mv "$top/names.new" "$top/names/$2" || return
                    break
                done
            }
            tell_names() {
                find_server "$top/names"
                for file in "$top/names"/*; do
                    [ "${file##*/}" != aardvark.pid ] && [ -e "$file" ] || continue
                    [ -z "$pid" ] || kill -HUP "$pid" || :
                    return 0
                done
                [ -z "$pid" ] || kill -KILL "$pid" || :
                rm -rf "$top/names"
            }
            if [ -e "$top/members/$id" ]; then
                [ -n "$only" ] || unpublish || exit
                for state in "$top/networks"/*; do
                    [ -e "$state/$id.place" ] && [ "${only:-${state##*/}}" = "${state##*/}" ] || continue
                    read -r bridge mac network network6 gateways <"$state/network" || exit
                    read -r place place6 <"$state/$id.place" || exit
                    forget_names "$state" "$bridge" || exit
                    leave "$state" "$bridge" "$place" "$network" "${network6#-}" || exit
                    [ "$(readlink "$state/addresses6/$place6")" != "$id" ] || rm -f "$state/addresses6/$place6" || exit
                    rm -f "$state/$id.place" || exit
                done
                [ ! -e "$top/names" ] || tell_names || exit
                read -r place network <"$top/members/$id"
                [ "${only:-bridge}" != bridge ] || leave "$top" "$2" "$place" "$network" '' || exit
            fi
            [ "${only:-bridge}" != bridge ] || leave "$top" "$2" "$4" "$5" '' || exit
            [ -n "$only" ] || [ ! -e "$top/members/$id" ] || rm -f "$top/members/$id"
            """;

    private NetworkScripts() {}
}
