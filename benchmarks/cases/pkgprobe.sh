# shellcheck shell=sh disable=SC2154 # a part of benchmarks/run
# needs: root systemd-nspawn umoci skopeo docker-registry
store
begin 'pkgprobe --check-unit=systemd-journald' bare
contend bare "$here/bare $tree true"
contend postroj "postroj pkgprobe --image=docker://$image --check-unit=systemd-journald"
measure "$runs"
target postroj 1.4
limit postroj memory 70000000
