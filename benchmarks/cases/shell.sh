# shellcheck shell=sh disable=SC2154 # a part of benchmarks/run
# needs: root systemd-nspawn umoci skopeo docker-registry expect
store
begin 'a shell, until its first prompt' bare
contend bare "$here/prompt $here/bare $tree env PS1=ready> sh -i"
for name in $programs; do
    contend "$name" "$here/prompt $name run -it --rm -e PS1=ready> docker://$image sh -i"
done
[ -z "$podman" ] ||
    contend 'podman without boot' "$here/prompt podman run -it --rm $RACKER_BENCH_PODMAN_RUN -e PS1=ready> $image sh -i"
measure "$half"
