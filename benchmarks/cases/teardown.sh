# shellcheck shell=sh disable=SC2154 # a part of benchmarks/run
# needs: root systemd-nspawn umoci skopeo docker-registry
store
begin 'teardown of run --rm' bare
contend bare "$here/teardown $here/bare $tree date +%s%N"
for name in $programs; do
    contend "$name --network=none" "$here/teardown $name run --rm --network=none docker://$image date +%s%N"
done
[ -z "$podman" ] || contend 'podman, booted' "$here/teardown $here/podman-boot $image date +%s%N"
measure "$half"
