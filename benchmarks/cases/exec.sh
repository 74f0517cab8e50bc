# shellcheck shell=sh disable=SC2154 # a part of benchmarks/run
# needs: root systemd-nspawn umoci skopeo docker-registry nsenter
store
# What is entered runs all the time.
racker run -d --name bench-exec --network=none "docker://$image" >/dev/null
leader=$(racker inspect --format '{{.State.Pid}}' bench-exec)
begin 'exec true in a machine that runs' nsenter
contend nsenter "nsenter --target $leader --all --setuid 0 --setgid 0 -- true"
contend racker 'racker exec bench-exec true'
# shellcheck disable=SC2086 # a list of words
if [ -n "$podman" ] && podman run -d --name bench-exec --systemd=always $RACKER_BENCH_PODMAN_RUN "$image" /sbin/init \
    >/dev/null 2>&1; then
    contend podman 'podman exec bench-exec true'
fi
measure "$runs"

# Beside the guest: what belongs to it on the host, in bytes of which shared ones count in part (PSS,
# proc_pid_smaps_rollup(5)); systemd-nspawn, which any machine has, and what racker adds to it.
cat >"$work/idle" <<'END'
total=0
for process in $(grep -l -s -e "machines/$1/" /proc/[0-9]*/cmdline | sed 's|/cmdline$||'); do
    read -r name <"$process/comm" || continue
    case $2$name in
    nspawnsystemd-nspawn) ;;
    nspawn* | restsystemd-nspawn) continue ;;
    esac
    size=$(awk '/^Pss:/ { print $2 }' "$process/smaps_rollup" 2>/dev/null) || size=0
    total=$((total + ${size:-0}))
done
echo $((total * 1024)) >"$RACKER_BENCH_VALUE"
END
id=$(racker inspect --format '{{.Id}}' bench-exec | cut -c 1-12)
begin 'memory beside an idle guest' systemd-nspawn B
contend systemd-nspawn "sh $work/idle $id nspawn"
contend 'racker run -d' "sh $work/idle $id rest"
measure 3
limit 'racker run -d' value 5000000
racker rm -f bench-exec >/dev/null
[ -z "$podman" ] || podman rm -f -t 0 bench-exec >/dev/null 2>&1 || true
