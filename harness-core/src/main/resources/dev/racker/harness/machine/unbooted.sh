# What supervise.sh runs for a machine that boots nothing.
#
#   sh unbooted.sh run    RUN NSPAWN [ARGUMENT...]   becomes systemd-nspawn
#   sh unbooted.sh status RUN STATUS                 ends with the payload's status, told from systemd-nspawn's
#
# What systemd-nspawn has to say goes to RUN/nspawn.log and not to the payload's standard error. That is handed into the
# machine as descriptor 3, and RUN/started as 4, in the way that systemd-nspawn hands sockets on, see sd_listen_fds(3).
set -u
mode=$1 run=$2
shift 2

# systemd-nspawn mounts a file system in memory on /run, but images keep directories of their services there.
show_run() {
    [ -d "$run/root/run" ] && ! [ -L "$run/root/run" ] || return
    for entry in "$run"/root/run/*; do
        case $entry in
            *[:\\]*) continue ;;
        esac
        if [ -d "$entry" ] && ! [ -L "$entry" ]; then
            # The other way to the same place is not covered by what systemd-nspawn mounts.
            [ -d "$run/image-run" ] ||
                { mkdir "$run/image-run" && mount --bind "$run/root/run" "$run/image-run"; } || return
            binds="$binds
$bind=$run/image-run/${entry##*/}:/run/${entry##*/}"
        fi
    done
}

# systemd-nspawn ends with 1 when a signal has ended the payload, but says which one.
signal() {
    while IFS= read -r line; do
        case $line in
            "Container "*" terminated by signal "*)
                name=${line##* }
                echo "${name%.}"
                return
                ;;
        esac
    done <"$run/nspawn.log"
}

if [ "$mode" = run ]; then
    bind=--bind options=
    for argument in "$@"; do
        case $options$argument in
            systemd-nspawn) options=: ;;
            :--read-only) bind=--bind-ro ;;
            :--) break ;;
        esac
    done
    binds=
    show_run
    set -f
    IFS='
'
    # Behind the first option of systemd-nspawn, in front of which there may be programs.
    count=$#
    while [ "$count" -gt 0 ]; do
        argument=$1
        shift
        set -- "$@" "$argument"
        if [ "$argument" = --quiet ] && [ -n "$binds" ]; then
            set -- "$@" $binds
            binds=
        fi
        count=$((count - 1))
    done
    unset IFS
    LISTEN_FDS=2 LISTEN_PID=$$ SYSTEMD_NSPAWN_TMPFS_TMP=0
    export LISTEN_FDS LISTEN_PID SYSTEMD_NSPAWN_TMPFS_TMP
    exec 3>&2 4>"$run/started" 2>"$run/nspawn.log"
    exec "$@"
fi

status=$1
[ ! -d "$run/image-run" ] || umount "$run/image-run"
[ -e "$run/nspawn.log" ] || exit "$status"
if [ -s "$run/started" ]; then
    name=$(signal)
    number=1
    while [ -n "$name" ] && [ "$number" -lt 32 ]; do
        [ "$(kill -l "$number")" != "$name" ] || exit $((128 + number))
        number=$((number + 1))
    done
elif [ "$status" -gt 0 ] && [ "$status" -lt 128 ]; then
    grep -v '^Attempted to remove disk file system' "$run/nspawn.log" | sed 's/^/systemd-nspawn: /' >&2
    exit 125
fi
exit "$status"
