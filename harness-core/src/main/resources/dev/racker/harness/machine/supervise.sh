# Holds one machine: mounts its root, runs systemd-nspawn, and removes what belongs to it, however it ends.
#
#   sh supervise.sh run   RUN CGROUPS NETWORK CONTAINER NAME PLANE LAYERS OPTIONS NSPAWN [ARGUMENT...]
#   sh supervise.sh clean RUN CGROUPS NETWORK CONTAINER NAME
#
# RUN        directory of the machine's runtime state, removed at the end
# CGROUPS    directories of the cgroup to make for the machine, one for each hierarchy; "" in machined
# NETWORK    program (netavark) that takes the machine's network down; "" when there is none
# CONTAINER  directory of the container, removed at the end; "" when the container is kept
# NAME       link that reserves the container's name, removed with CONTAINER
# PLANE      machined or direct
# LAYERS     directory that the overlay OPTIONS are relative to
#
# Runs in a mount namespace of its own, so its mounts end with it. Standard input is a pipe that is held by whoever
# wants the machine: at its end the machine is killed. No argument is ever interpreted as shell code; CGROUPS is split
# at spaces, and the paths in it hold none.
set -u
mode=$1 run=$2 cgroups=$3 network=$4 container=$5 name=$6
shift 6

clean() {
    # The directories of a cgroup hold no files that could be removed, so depth first and directories only.
    [ -n "$cgroups" ] && find $cgroups -depth -type d -exec rmdir {} + 2>/dev/null
    # Whoever renames the file takes the network down; the machine's namespace is gone, an empty one stands in for it.
    if [ -n "$network" ] && mv "$run/network.json" "$run/network.closing.json" 2>/dev/null; then
        unshare --net "$network" --file "$run/network.closing.json" teardown /proc/self/ns/net >/dev/null
    fi
    if [ -n "$container" ]; then
        rm -rf --one-file-system -- "$run" "$container" "$name"
    else
        rm -rf --one-file-system -- "$run"
    fi
}

if [ "$mode" = clean ]; then
    clean
    exit
fi

plane=$1 layers=$2 options=$3
shift 3
exec 3<&0 </dev/null

# In machined the supervisor moves to a leaf beside the machine: a cgroup with processes of its own cannot hand
# controllers down (cgroups(7), "no internal processes"). In direct it never enters the machine's cgroup.
unit=
if [ "$plane" = machined ] && [ -e /sys/fs/cgroup/cgroup.procs ]; then
    IFS= read -r line </proc/self/cgroup
    unit=/sys/fs/cgroup${line#0::}
    mkdir "$unit/racker" && echo 0 >"$unit/racker/cgroup.procs"
fi

fail() {
    clean
    exit 125
}

for cgroup in $cgroups; do
    mkdir "$cgroup" || fail
done

# fsconfig(2), which newer util-linux prefers, limits an option string to 256 bytes; mount(2) to a page.
(cd "$layers" && LIBMOUNT_FORCE_MOUNT2=always exec mount -t overlay -o "$options" racker "$run/root") || fail

(
    for cgroup in $unit $cgroups; do
        echo 0 >"$cgroup/cgroup.procs" || exit 125
    done
    NOTIFY_SOCKET=$run/notify SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1
    export NOTIFY_SOCKET SYSTEMD_NSPAWN_UNIFIED_HIERARCHY
    exec setpriv --pdeathsig KILL "$@" 3<&-
) &
machine=$!
trap 'kill -TERM "$machine"' TERM
trap '' INT HUP
{
    read -r _ <&3
    kill -0 $$ && kill -KILL "$machine"
} 2>/dev/null &
lifeline=$!
exec 3<&-

# A trapped signal ends wait early.
while :; do
    wait "$machine"
    status=$?
    kill -0 "$machine" 2>/dev/null || break
done
kill -KILL "$lifeline" 2>/dev/null
umount "$run/root"
clean
exit "$status"
