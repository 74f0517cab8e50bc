# shellcheck shell=sh disable=SC2154 # a part of benchmarks/run
# needs: root systemd-nspawn umoci skopeo docker-registry
store
begin 'run --rm IMAGE true' bare
contend bare "$here/bare $tree true"
for name in $programs; do
    contend "$name --network=none" "$name run --rm --network=none docker://$image true"
    contend "$name" "$name run --rm docker://$image true"
done
if [ -n "$podman" ]; then
    contend 'podman, booted' "$here/podman-boot $image true"
    contend 'podman without boot' "podman run --rm $RACKER_BENCH_PODMAN_RUN $image true"
fi
measure "$runs"
target 'racker --network=none' 1.35
target racker 1.45
limit 'racker --network=none' memory 70000000
limit racker memory 70000000
