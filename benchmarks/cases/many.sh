# shellcheck shell=sh disable=SC2154 # a part of benchmarks/run
# needs: root systemd-nspawn umoci skopeo docker-registry
store
numbers='1 5 20 50'
raise_inotify || {
    numbers='1 5 20'
    echo "  left out: 50 at once, because fs.inotify.max_user_instances cannot be raised here"
}
for count in $numbers; do
    begin "$count at once" bare
    contend bare "$here/at-once $count $here/bare $tree true"
    for name in $programs; do
        contend "$name --network=none" "$here/at-once $count $name run --rm --network=none docker://$image true"
    done
    [ -z "$podman" ] || contend 'podman, booted' "$here/at-once $count $here/podman-boot $image true"
    measure "$tenth"
done
target 'racker --network=none' 1.3
restore_inotify
