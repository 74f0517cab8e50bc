# shellcheck shell=sh disable=SC2154 # a part of benchmarks/run
# needs: root systemd-nspawn umoci skopeo docker-registry
# The packages are downloaded once; the time is taken inside, from the start of apt-get to its end.
store
racker run --rm "docker://$image" sh -c '
    exec 3>&1 >&2
    apt-get update && apt-get install -y --download-only postgresql && tar -cf - /var/lib/apt/lists /var/cache/apt/archives >&3
    ' >"$work/packages.tar" 2>"$work/log" || fail "$(tail -n 3 "$work/log")"
cat >"$work/inside" <<'END'
tar -C / -xf -
export DEBIAN_FRONTEND=noninteractive
begin=$(date +%s%N)
apt-get install -y --no-download postgresql >&2 || exit
echo "$begin $(date +%s%N)"
END
cat >"$work/timed" <<END
"\$@" sh -c "\$(cat "$work/inside")" <"$work/packages.tar" |
    awk '{ printf "%.3f\n", (\$2 - \$1) / 1e9; found = 1 } END { exit !found }' >"\$RACKER_BENCH_VALUE"
END
begin 'apt-get install postgresql, inside' bare
contend bare "sh $work/timed $here/bare $tree"
for name in $programs; do
    contend "$name" "sh $work/timed $name run -i --rm --network=none docker://$image"
done
[ -z "$podman" ] || contend 'podman without boot' "sh $work/timed podman run -i --rm $RACKER_BENCH_PODMAN_RUN $image"
measure $(((tenth + 1) / 2))
target racker 1.05
rm -f "$work/packages.tar"
