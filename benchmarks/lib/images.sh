# shellcheck shell=sh disable=SC2154,SC2034 # a part of benchmarks/run
# The image: one layer, in a loopback registry and as a tree with shifted owners.

need_image() {
    [ -z "$registry" ] || return 0
    tarball=${images:-$work}/tree.tar
    if [ ! -e "$tarball" ]; then
        command -v mmdebstrap >/dev/null || fail "Tried to make an image, but 'mmdebstrap' is missing. Run ./install.sh --with-tests."
        echo "  making a small Debian with mmdebstrap"
        mkdir -p "${tarball%/*}"
        mmdebstrap --quiet --aptopt='Acquire::Check-Valid-Until "false"' --variant=minbase --include=systemd,systemd-sysv,dbus stable "$work/new.tar"
        mv "$work/new.tar" "$tarball"
    fi
    umoci --log=error init --layout "$work/oci"
    umoci --log=error new --image "$work/oci:bench"
    umoci --log=error raw add-layer --image "$work/oci:bench" "$tarball"
    umoci --log=error config --image "$work/oci:bench" --config.cmd /bin/sh
    umoci --log=error unpack --image "$work/oci:bench" --uid-map 0:524288:65536 --gid-map 0:524288:65536 "$work/bundle"
    tree=$work/bundle/rootfs
    start_registry
    image=127.0.0.1:$port/bench:latest
    skopeo copy --quiet --dest-tls-verify=false "oci:$work/oci:bench" "docker://$image"
}

start_registry() {
    mkdir "$work/registry"
    printf '%s\n' 'version: 0.1' 'log: {level: info}' "storage: {filesystem: {rootdirectory: $work/registry}}" \
        'http: {addr: "127.0.0.1:0"}' >"$work/registry.yml"
    : >"$work/registry.log"
    docker-registry serve "$work/registry.yml" >"$work/registry.log" 2>&1 &
    registry=$!
    # It chooses a free port and says which.
    until grep -q 'listening on ' "$work/registry.log"; do
        kill -0 "$registry" 2>/dev/null || fail "Tried to start docker-registry, but: $(cat "$work/registry.log")"
        sleep 0.1
    done
    port=$(sed -n 's/.*listening on [^ ]*:\([0-9]*\).*/\1/p' "$work/registry.log")
}

# Brings the image into the store of each program; one that cannot is left out of the case, and says why there.
store() {
    need_image
    for name in $programs; do
        "$name" pull --quiet --tls-verify=false "docker://$image" >/dev/null 2>&1 || true
    done
    [ -z "$podman" ] || podman pull --quiet --tls-verify=false "docker://$image" >/dev/null 2>&1 || true
}
