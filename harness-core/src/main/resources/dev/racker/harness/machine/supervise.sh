# Holds one machine: mounts its root, runs systemd-nspawn, and removes what belongs to it, however it ends.
#
#   sh supervise.sh run   RUN CGROUPS MACHINE CONTAINER NAME PLANE START LAYERS OPTIONS NSPAWN [ARGUMENT...]
#   sh supervise.sh clean RUN CGROUPS MACHINE CONTAINER NAME
#
# RUN        directory of the machine's runtime state, removed at the end; when it holds network.sh, that takes the
#            machine's network down
# CGROUPS    directories of the cgroup to make for the machine, one for each hierarchy; "" in machined
# MACHINE    name of the machine
# CONTAINER  directory of the container
# NAME       link that reserves the container's name, removed with CONTAINER at the end; "" when the container is kept
# PLANE      machined or direct
# START      boot; payload when no init is booted, then only somebody with a "lifeline" listens for readiness; held for
#            a payload that does not begin before that listener has thawed it
# LAYERS     directory that the overlay OPTIONS are relative to
#
# Runs in a mount namespace of its own, so its mounts end with it. Standard input is a pipe that is held by whoever
# wants the machine: at its end the machine is killed, unless the line "keep" came first. When RUN holds the fifo
# "lifeline", that is the pipe, and standard input is the payload's. No argument is ever interpreted as shell code;
# CGROUPS is split at spaces, and the paths in it hold none.
#
# A machine that is kept is attended to by what RUN holds: attend.sh runs its payload, health.sh looks after it. How it
# ended is written to CONTAINER/ended, when that is there; then CONTAINER/restart.sh decides what comes next.
#
# A machine that is kept for whoever claims it has the fifos "owner" and "gone" in RUN: owner.sh and expiry.sh, see
# standby.sh, watch over it, and "gone" has its end when this program has.
set -u
mode=$1 run=$2 cgroups=$3 machine=$4 container=$5 name=$6
shift 6

remove_cgroups() {
    # The directories of a cgroup hold no files that could be removed, so depth first and directories only.
    find $cgroups -depth -type d -exec rmdir {} + 2>/dev/null && return
    # Only when this program's predecessor was killed is anybody left in them; nothing tells when they are gone.
    tries=50
    while [ "$tries" -gt 0 ]; do
        for cgroup in $cgroups; do
            [ -e "$cgroup/cgroup.kill" ] && echo 1 >"$cgroup/cgroup.kill"
        done
        find $cgroups -depth -type d -exec rmdir {} + 2>/dev/null
        for cgroup in $cgroups; do
            [ -e "$cgroup" ] && sleep 0.02 && tries=$((tries - 1)) && continue 2
        done
        return
    done
}

clean() {
    [ -n "$cgroups" ] && remove_cgroups
    # Whoever renames the file takes the network down: this program, or the one that asked for the machine.
    if [ -e "$run/network.sh" ] && mv "$run/network.sh" "$run/network.claimed.sh" 2>/dev/null; then
        sh "$run/network.claimed.sh" 9<&-
    fi
    [ -d "/run/systemd/nspawn/propagate/$machine" ] && rmdir "/run/systemd/nspawn/propagate/$machine"
    if [ -n "$name" ]; then
        # The name goes first, and only while it is this container's: when that is gone, another may take it.
        if [ "$name" -ef "$container" ]; then
            rm -f -- "$name"
        fi
        rm -rf --one-file-system -- "$container" "$run"
    else
        rm -rf --one-file-system -- "$run"
    fi
}

# Notes an event: what has happened, and more about it, if anything. The first line of the file tells who notes the end
# himself as long as he lives, if anybody, and where; the second one what is said about the container, and each other one what its end
# brings for others.
event() {
    { read -r _ events && IFS= read -r about; } <"$run/event"
    printf '%s\tcontainer\t%s\t%s%s\n' "$(date +%s%N)" "$1" "$about" "${2:+	$2}" >>"$events"
} 2>/dev/null

# Notes that the machine has ended with this status.
tell() {
    [ -e "$run/event" ] && read -r noter events <"$run/event" || return
    # proc(5): what has ended has no exe any more, even when nobody has asked about it yet.
    [ "$noter" = - ] || ! [ -e "/proc/$noter/exe" ] || return
    [ ! -e "$container/oom" ] || event oom
    event die "exitCode=$1"
    {
        read -r _
        read -r _
        while IFS= read -r line; do
            printf '%s\t%s\n' "$(date +%s%N)" "$line" >>"$events"
        done
    } <"$run/event" 2>/dev/null
    [ -z "$name" ] || event destroy
    rm "$run/event"
}

if [ "$mode" = clean ]; then
    # After a kill more than one may come to clean up; the second one returns when the first one is done.
    if command exec 9<"$run"; then
        flock 9
    fi
    # Nobody has seen how it ended.
    [ ! -e "$run/supervisor" ] || tell 255
    # Still there when this runs in the mount namespace of the one that was killed.
    umount -l "$run/root" 2>/dev/null
    clean
    exit
fi

plane=$1 start=$2 layers=$3 options=$4
shift 4
# Whoever wanted the machine, when somebody waits for this program in its place.
owner=${RACKER_OWNER:-$PPID}
unset RACKER_OWNER
if [ -p "$run/lifeline" ]; then
    # Opening for reading alone would wait for a writer, and whoever wanted the machine may be dead already.
    exec 4<&0 5<>"$run/lifeline" 3<"$run/lifeline" </dev/null
    exec 5<&-
else
    exec 3<&0 4</dev/null </dev/null
fi
[ ! -p "$run/owner" ] || exec 5<>"$run/owner" 7<>"$run/gone"
echo $$ >"$run/supervisor"
if [ -e "$container/ended" ]; then
    # Blanks keep the place of the status, which is written over them, for when the file system is full by then.
    : >"$container/started"
    echo '   ' >"$container/ended"
    [ ! -e "$container/oom" ] || rm "$container/oom"
fi

# In machined the supervisor moves to a leaf beside the machine: a cgroup with processes of its own cannot hand
# controllers down (cgroups(7), "no internal processes"). In direct it never enters the machine's cgroup.
unit=
if [ "$plane" = machined ] && [ -e /sys/fs/cgroup/cgroup.procs ]; then
    # cgroups(7): the line of the unified hierarchy begins with "0::", and comes after those of version 1, if any.
    while IFS= read -r line; do
        case $line in
            0::*) unit=/sys/fs/cgroup${line#0::} ;;
        esac
    done </proc/self/cgroup
    mkdir "$unit/racker" && echo 0 >"$unit/racker/cgroup.procs"
fi

fail() {
    [ ! -e "$container/ended" ] || echo 125 1<>"$container/ended"
    clean
    exit 125
}

[ -z "$cgroups" ] || mkdir $cgroups || fail
printf '%s\n' $unit $cgroups >"$run/cgroups"

# What limits the machine is there before anybody is in its cgroup; files that this kernel lacks were told of before.
if [ -e "$run/limits" ]; then
    while read -r file value; do
        [ ! -e "$file" ] || echo "$value" >"$file" || fail
    done <"$run/limits"
fi

# fsconfig(2), which newer util-linux prefers, limits an option string to 256 bytes; mount(2) to a page.
(cd "$layers" && LIBMOUNT_FORCE_MOUNT2=always exec mount -t overlay -o "$options" racker "$run/root") || {
    # Overlayfs takes no upper directory that is on another overlay, and the kernel's log alone says so.
    [ "$(stat -f -c %T "$container")" != overlayfs ] ||
        echo "racker: A writable layer cannot be on an overlay, as $container is. Set RACKER_STATE_DIR to a directory elsewhere." >&2
    fail
}

# What nspawn keeps there, such as locks that it leaves when it is killed, ends with this namespace too. In machined the
# rest of the directory is how machined reaches into the machine.
private=/run/systemd/nspawn
[ "$plane" = machined ] && private=$private/locks
[ -d "$private" ] || mkdir -p "$private"
mount -t tmpfs -o mode=0755 racker "$private" || fail

if [ -e "$run/devices" ]; then
    while read -r node mode owner device; do
        mknod -m "$mode" "$node" $device && chown "$owner:$owner" "$node" || fail
    done <"$run/devices"
fi

# A payload is held in the cgroup that nspawn is about to put it in, before it is executed: frozen (Linux 5.2). With the
# old hierarchies alone it cannot be held.
held=
if [ "$start" = held ]; then
    for cgroup in $unit $cgroups; do
        [ ! -e "$cgroup/cgroup.freeze" ] || held=$cgroup/payload
    done
fi
if [ -n "$held" ]; then
    for cgroup in $unit $cgroups; do
        mkdir "$cgroup/payload" || fail
    done
    echo 1 >"$held/cgroup.freeze" || fail
fi

# What is kept writes to its container's log. A line of it is as in RFC 5424, with the tag o for standard output and e for
# standard error. The fifos are held open, so that they have an end only when this program says so.
loggers=
log() {
    exec 6>&- 7>&- <"$1" 2>>"$container/log"
    exec logger --no-act --stderr --socket-errors=off --rfc5424=notq,nohost --size=32KiB --tag="$2"
}
if [ -p "$run/stdout" ]; then
    exec 6<>"$run/stdout" 7<>"$run/stderr"
    log "$run/stdout" o &
    loggers=$!
    log "$run/stderr" e &
    loggers="$loggers $!"
fi

# Input that ends with its first writer; the fifo is open for both for as long as opening it for one would wait.
feeder=
if [ "$start" != boot ] && [ -p "$run/input" ]; then
    exec 8<>"$run/input" 9>"$run/input"
    setpriv --pdeathsig KILL cat -- "$run/stdin" >&9 3<&- 4<&- 6>&- 7>&- 8<&- 9>&- &
    feeder=$!
fi

(
    for cgroup in $unit $cgroups; do
        echo 0 >"$cgroup/cgroup.procs" || exit 125
    done
    NOTIFY_SOCKET=$run/notify SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1
    export NOTIFY_SOCKET SYSTEMD_NSPAWN_UNIFIED_HIERARCHY
    # Who listens was started just before this program; only on a busy host is it not there yet.
    while { [ "$start" = boot ] || [ -p "$run/lifeline" ]; } && ! [ -S "$run/notify" ]; do
        sleep 0.01
    done
    # Said explicitly, because a shell gives what runs in the background an empty standard input.
    if [ "$start" != boot ] && [ -p "$run/stdout" ]; then
        exec 1>&6 2>&7
        if [ -n "$feeder" ]; then
            exec 4<"$run/input" 8<&- 9>&-
        elif [ -p "$run/stdin" ]; then
            exec 4<>"$run/stdin"
        fi
    fi
    exec setpriv --pdeathsig KILL "$@" <&4 3<&- 4<&- 5<&- 6>&- 7>&-
) &
nspawn=$!
exec 4<&-
[ -z "$feeder" ] || exec 8<&- 9>&-
attendants=
attend() {
    exec 8<>"$run/kept"
    for attendant in attend health owner expiry; do
        if [ -e "$run/$attendant.sh" ]; then
            (trap - PIPE && exec sh "$run/$attendant.sh" 6>&- 7>&- 8>&- 9<"$run/kept") &
            attendants="$attendants $!"
        fi
    done
    exec 5<&-
}
trap attend USR1
trap 'kill -TERM "$nspawn"' TERM
trap 'kill -WINCH "$nspawn"' WINCH
# The last words of the shell may have nobody to read them.
trap '' INT HUP PIPE
# Whoever says "keep" lets go without ending the machine. From then on this program holds a fifo whose end tells that it has
# been killed itself; the kernel ends systemd-nspawn with it, but not the guest. Whoever wanted the machine and lives cleans
# up itself, and so does the host's systemd, which would kill this in the middle of it. proc(5): what has ended has no exe
# any more, even when nobody has asked about it yet.
sh -c '
    read -r word <&3
    [ "$word" = keep ] && kill -USR1 "$1" && read -r _ <"$3"
    if [ -e "/proc/$1/exe" ]; then
        kill -KILL "$2"
    elif [ "$6" = direct ] && [ -e "$4" ] && { [ "$word" = keep ] || ! [ -e "/proc/$5/exe" ]; }; then
        exec sh "$4"
    fi
' lifeline $$ "$nspawn" "$run/kept" "$run/clean.sh" "$owner" "$plane" 2>/dev/null 5<&- 6>&- 7>&- &
lifeline=$!
exec 3<&-
teller=
if [ -n "$held" ]; then
    {
        # nspawn says nothing before the payload runs, and nothing tells a shell when a cgroup gets its first process.
        leader=
        while ! read -r leader <"$held/cgroup.procs" && kill -0 "$nspawn"; do
            sleep 0.01
        done
        [ -z "$leader" ] || NOTIFY_SOCKET=$run/notify \
            systemd-notify --no-block "X_RACKER_HELD=$held" "X_NSPAWN_LEADER_PID=$leader"
    } 2>/dev/null &
    teller=$!
fi

# A trapped signal ends wait early.
while :; do
    wait "$nspawn"
    status=$?
    kill -0 "$nspawn" 2>/dev/null || break
done
kill -KILL "$lifeline" $feeder 2>/dev/null
[ -z "$teller" ] || wait "$teller"
# The kernel's count of what it has killed for want of memory goes with the cgroup.
if [ -e "$run/oom" ]; then
    memory=
    while [ "$plane" = machined ] && IFS= read -r line; do
        case $line in
            *:memory:*) memory=/sys/fs/cgroup/memory${line#*:memory:} ;;
        esac
    done </proc/self/cgroup
    for cgroup in $unit $memory $cgroups; do
        for count in "$cgroup/memory.oom_control" "$cgroup/memory.events"; do
            [ ! -e "$count" ] || grep '^oom_kill [1-9]' "$count" >>"$run/oom"
        done
    done
    [ ! -s "$run/oom" ] || [ ! -e "$container/ended" ] || : >"$container/oom"
fi
# They end with the machine: what they run inside is gone, and the fifo that they wait at has its end.
exec 8>&-
[ ! -p "$run/owner" ] || kill -KILL $attendants 2>/dev/null
[ -z "$attendants" ] || wait $attendants
exec 6>&-
[ -p "$run/owner" ] || exec 7>&-
[ -z "$loggers" ] || wait $loggers
if [ -e "$run/status" ]; then
    read -r status <"$run/status"
elif [ "$start" = boot ] && [ "$status" = 1 ] && { [ -e "$run/kept" ] || [ -e "$container/ended" ]; }; then
    # systemd-nspawn ends with 1 when a signal has ended the init, but says which one, and that is the one that can. Nobody
    # asks how a machine ended that goes with the program that has started it.
    case $(tail -n 1 "$container/boot.log") in
        "Container "*" terminated by signal KILL.") status=137 ;;
    esac
fi
if [ -e "$run/unbooted.sh" ]; then
    sh "$run/unbooted.sh" status "$run" "$status"
    status=$?
fi
[ ! -e "$container/ended" ] || echo "$status" 1<>"$container/ended"
tell "$status"
umount "$run/root"
clean
trap - PIPE
[ -e "$container/restart.sh" ] || exit "$status"
# In machined a timer waits; here this program ends first, because its end is what others take for the container's.
[ "$plane" = direct ] || exec sh "$container/restart.sh" "$status"
setsid sh "$container/restart.sh" "$status" </dev/null &
exit "$status"
