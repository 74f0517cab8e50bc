# shellcheck shell=sh disable=SC2154 # a part of benchmarks/run
# The host: what it must have, a directory of our own, the programs that are compared, and an end that leaves nothing.

# The groups say in a line of their own what they need.
check_tools() {
    missing=
    needed=$(for group in $groups; do sed -n 's/^# needs: //p' "$here/cases/$group.sh"; done)
    # shellcheck disable=SC2086 # a list of words
    for tool in hyperfine jq gnuplot $needed; do
        case "$missing " in
        *" $tool "*) continue ;;
        esac
        case $tool in
        root) [ "$(id -u)" = 0 ] || fail "Tried to measure, but booting machines needs root. Use sudo." ;;
        *) command -v "$tool" >/dev/null || missing="$missing $tool" ;;
        esac
    done
    # The shell has a word of the same name.
    [ -x /usr/bin/time ] || missing="$missing time"
    [ -z "$missing" ] || fail "Tried to measure, but these programs are missing:$missing. Run ./install.sh --with-tests."
}

make_work() {
    # The writable layer of an overlay may not be on an overlay itself.
    for base in "${RACKER_BENCH_DIR-}" /var/lib /var/lib/postroj /var/tmp /dev/shm; do
        [ -d "$base" ] && [ -w "$base" ] && [ "$(stat -f -c %T "$base")" != overlayfs ] && break
    done
    work=$(mktemp -d "$base/racker-bench.XXXXXX")
    registry=
    inotify=
    trap finish EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    export RACKER_BENCH_DIR="$work" RACKER_BENCH_VALUE="$work/value"
    mkdir "$work/bin"
    : >"$work/runs"
    : >"$work/cases"
    : >"$work/targets"
    : >"$work/left"
}

# state_of NAME: makes three variables of the environment, so that each program has images of its own.
state_of() {
    printf '%s ' "RACKER_STATE_DIR=$work/$1/state" "RACKER_CACHE_DIR=$work/$1/cache" "RACKER_RUN_DIR=$work/$1/run"
}

# Sets $programs, which take docker's command line, and puts each of them on PATH.
prepare_programs() {
    programs=
    if command -v racker >/dev/null; then
        programs=racker
        # shellcheck disable=SC2046 # a list of words
        export $(state_of racker)
    fi
    for contender in $contenders; do
        name=${contender%%=*}
        path=${contender#*=}
        case $name in
        racker | podman | bare | '' | *[!a-z0-9.-]*)
            misuse "Tried to read --contender '$contender', but a name is of a-z, 0-9, '.' and '-', and not one of ours."
            ;;
        esac
        [ -x "$path" ] || misuse "Tried to read --contender '$contender', but '$path' is not a program."
        path=$(cd "$(dirname "$path")" && pwd -P)/$(basename "$path")
        printf '#!/bin/sh\n%sexec "%s" "$@"\n' "$(state_of "$name")" "$path" >"$work/bin/$name"
        chmod +x "$work/bin/$name"
        programs="$programs $name"
    done
    podman=
    [ "$(id -u)" != 0 ] || prepare_podman
    PATH=$work/bin:$PATH
}

prepare_podman() {
    podman=$(command -v podman) || return 0
    runtime=
    ! command -v runc >/dev/null || runtime=--runtime=runc
    # Each cold pull goes to a root of its own, which this file names.
    echo "$work/podman/root" >"$work/podman-root"
    cat >"$work/bin/podman" <<END
#!/bin/sh
read -r root <"$work/podman-root"
exec "$podman" --root="\$root" --runroot="$work/podman/run" --cgroup-manager=cgroupfs $runtime "\$@"
END
    chmod +x "$work/bin/podman"
    # The limits as they are: without CAP_SYS_RESOURCE nobody can raise them. podman lowers its own limit of processes to as
    # many as there can be.
    limits='--pids-limit=0'
    for limit in nofile:fs/nr_open nproc:kernel/pid_max; do
        most=$(cat "/proc/sys/${limit#*:}")
        limit=${limit%:*}
        hard=$(prlimit "--$limit" --noheadings --raw --output=HARD)
        [ "$hard" != unlimited ] && [ "$hard" -le "$most" ] || hard=$most
        limits="$limits --ulimit=$limit=$hard:$hard"
    done
    export RACKER_BENCH_PODMAN_RUN="--network=none $limits"
    podman=podman
}

# Each booted machine takes about five of them; when there are none left, a guest hangs.
raise_inotify() {
    file=/proc/sys/fs/inotify/max_user_instances
    [ -z "$inotify" ] || return 0
    before=$(cat "$file")
    if [ "$before" -lt 1024 ]; then
        (echo 1024 >"$file") 2>/dev/null || return 1
        inotify=$before
    fi
}

restore_inotify() {
    [ -z "$inotify" ] || echo "$inotify" >/proc/sys/fs/inotify/max_user_instances
    inotify=
}

# The processes that have to do with our directory: it is in their command line or in their environment.
ours() {
    printf '%s\n' "$work" | env -i PATH="$PATH" grep -l -s -F -f - /proc/[0-9]*/cmdline /proc/[0-9]*/environ |
        sed 's|/proc/\([0-9]*\)/.*|\1|' | sort -u | grep -v -x "$$" || true
}

# Removes what a run that was interrupted leaves behind; after one that was not, there is only the registry.
finish() {
    status=$?
    trap '' INT TERM HUP
    exec 9>&-
    restore_inotify
    for name in $programs; do
        "$name" standby rm --all >/dev/null 2>&1 || true
        # shellcheck disable=SC2046 # a list of words
        [ ! -d "$work/$name" ] || "$name" rm -f $("$name" ps -aq 2>/dev/null) >/dev/null 2>&1 || true
    done
    [ ! -d "$work/podman" ] || podman rm -a -f -t 0 >/dev/null 2>&1 || true
    [ -z "$registry" ] || kill "$registry" 2>/dev/null || true
    for signal in TERM TERM KILL KILL; do
        pids=$(ours)
        [ -n "$pids" ] || break
        # shellcheck disable=SC2086 # a list of words
        kill -s "$signal" $pids 2>/dev/null || true
        sleep 1
    done
    wait
    awk -v work="$work/" 'index($2, work) == 1 { print $2 }' /proc/self/mounts | sort -r | while read -r place; do
        umount "$place" || true
    done
    rm -rf "$work"
    exit "$status"
}

# tool_version NAME COMMAND [ARG...]: a pair for describe_host, when there is such a program.
tool_version() {
    name=$1
    shift
    ! command -v "$1" >/dev/null || printf '%s\t%s\n' "$name" "$("$@" 2>&1 | head -n 1)"
}

describe_host() {
    java=$(sed -n "s/^    java='\(.*\)'/\1/p" "$(command -v racker || echo /dev/null)")
    {
        tool_version racker racker --version
        tool_version Java "${java:-java}" -version
        tool_version systemd systemd-nspawn --version
        tool_version podman podman --version
        tool_version skopeo skopeo --version
        tool_version umoci umoci --version
        tool_version hyperfine hyperfine --version
    } >"$work/tools"
    plane='systemd is not PID 1'
    [ ! -d /run/systemd/system ] || plane='systemd is PID 1'
    jq -n --arg processor "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" \
        --argjson cores "$(nproc)" \
        --argjson memory "$(awk '/^MemTotal:/ { printf "%.0f", $2 * 1024 }' /proc/meminfo)" \
        --arg kernel "$(uname -sr)" \
        --arg system "$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release)" \
        --arg filesystem "$(stat -f -c %T "$work")" --arg plane "$plane" \
        --argjson load "$(cut -d ' ' -f 1 /proc/loadavg)" --arg date "$(date +%Y-%m-%d)" \
        --rawfile tools "$work/tools" '
        {date: $date, processor: $processor, cores: $cores, memory: $memory, kernel: $kernel, system: $system,
         init: $plane, filesystem: $filesystem, loadBefore: $load,
         tools: ($tools | split("\n") | map(select(. != "") | split("\t") | {key: .[0], value: .[1]}) | from_entries)}'
}
