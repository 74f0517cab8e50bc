# shellcheck shell=sh disable=SC2154 # a part of benchmarks/run
# needs: root systemd-nspawn umoci skopeo docker-registry
store
begin 'run --rm IMAGE true from standby' bare
# Each waits until the machine that replaces the last one has booted, in the background, and disturbs nobody any more.
contend bare "$here/bare $tree true" "racker standby set docker://$image 1"
if racker standby set "docker://$image" 1 >"$work/log" 2>&1; then
    contend 'racker, standby' "racker run --rm docker://$image true" \
        "racker standby set docker://$image 1"
else
    echo "  left out: standby: $(tail -n 1 "$work/log")"
fi
measure "$runs"
target 'racker, standby' 0.7
racker standby rm --all >/dev/null 2>&1 || true
