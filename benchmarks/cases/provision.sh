# shellcheck shell=sh disable=SC2154 # a part of benchmarks/run
# needs: root systemd-nspawn umoci skopeo docker-registry mmdebstrap
# Both take the packages from the mirror of the image.
need_image
bare_image=127.0.0.1:$port/bare:latest
[ -e "${images:-$work}/bare.tar" ] || {
    echo "  making a Debian without systemd with mmdebstrap"
    mmdebstrap --quiet --aptopt='Acquire::Check-Valid-Until "false"' --variant=minbase stable "$work/bare-new.tar"
    mv "$work/bare-new.tar" "${images:-$work}/bare.tar"
}
umoci --log=error new --image "$work/oci:bare"
umoci --log=error raw add-layer --image "$work/oci:bare" "${images:-$work}/bare.tar"
umoci --log=error unpack --image "$work/oci:bare" "$work/bare-bundle"
skopeo copy --quiet --dest-tls-verify=false "oci:$work/oci:bare" "docker://$bare_image"
begin 'the first run of an image without systemd' 'apt-get in nspawn'
contend 'apt-get in nspawn' "sh $work/provision"
cat >"$work/provision" <<END
[ -d /run/systemd/system ] || for cgroup in /sys/fs/cgroup/systemd/bench-\$\$ /sys/fs/cgroup/unified/bench-\$\$; do
    mkdir "\$cgroup"
    echo \$\$ >"\$cgroup/cgroup.procs"
done
status=0
systemd-nspawn --quiet --register=no --keep-unit --volatile=overlay --resolv-conf=replace-host --pipe \
    --directory="$work/bare-bundle/rootfs" sh -c '
    export DEBIAN_FRONTEND=noninteractive
    apt-get update && apt-get install -y --no-install-recommends systemd systemd-sysv dbus' || status=\$?
[ -d /run/systemd/system ] || for cgroup in /sys/fs/cgroup/systemd/bench-\$\$ /sys/fs/cgroup/unified/bench-\$\$; do
    echo \$\$ >"\${cgroup%/*}/cgroup.procs"
    find "\$cgroup" -depth -type d -exec rmdir {} +
done
exit \$status
END
contend racker "racker run --rm docker://$bare_image true" \
    "mkdir -p $work/old; [ ! -e $work/racker ] || mv $work/racker $work/old/\$(date +%s%N)
    racker pull --quiet --tls-verify=false docker://$bare_image || true"
measure "$tenth"
rm -rf "$work/old" "$work/racker"
