# shellcheck shell=sh disable=SC2154 # a part of benchmarks/run
# needs: root umoci skopeo docker-registry
# Programs and libraries in twelve layers, half a gigabyte in all; a second image has other ones on top of ten of them.
need_image
(cd "$tree" && find usr/bin usr/sbin usr/lib -printf '%p\t%s\n' | sort) |
    awk -F '\t' '{ if (bytes < 42 * 2 ^ 20) print $1; bytes += $2 }' >"$work/layer.list"
layer() {
    tar -C "$tree" --numeric-owner --owner=0 --group=0 --transform="s|^|srv/$2/|" --no-recursion \
        -T "$work/layer.list" -cf "$work/layer.tar"
    umoci --log=error raw add-layer --image "$work/layers:$1" "$work/layer.tar"
    rm "$work/layer.tar"
}
umoci --log=error init --layout "$work/layers"
umoci --log=error new --image "$work/layers:ten"
for number in 1 2 3 4 5 6 7 8 9 10; do
    layer ten "$number"
done
for name in one two; do
    umoci --log=error tag --image "$work/layers:ten" "$name"
    layer "$name" "$name-11"
    layer "$name" "$name-12"
    skopeo copy --quiet --dest-tls-verify=false "oci:$work/layers:$name" "docker://127.0.0.1:$port/layers:$name"
done

aside="mkdir -p $work/old; [ ! -e $work/NAME ] || mv $work/NAME $work/old/\$(date +%s%N)"
begin 'pull and unpack, 12 layers, cold' podman
for name in $programs; do
    contend "$name" "$name pull --quiet --tls-verify=false docker://127.0.0.1:$port/layers:one" \
        "$(echo "$aside" | sed "s|NAME|$name|g"); sync; $here/touch-memory"
done
[ -z "$podman" ] || contend podman "podman pull --quiet --tls-verify=false docker://127.0.0.1:$port/layers:one" \
    "echo $work/podman/root-\$(date +%s%N) >$work/podman-root; sync; $here/touch-memory"
contend 'umoci unpack alone' \
    "umoci --log=error unpack --image $work/layers:one --uid-map 0:524288:65536 --gid-map 0:524288:65536 $work/unpacked" \
    "$(echo "$aside" | sed "s|NAME|unpacked|g"); sync; $here/touch-memory"
measure "$tenth"
target racker 0.5
target racker 0.4 'umoci unpack alone'
cold=$title

begin 'pull and unpack, 2 layers that are new, of 12' podman
for name in $programs; do
    contend "$name" "$name pull --quiet --tls-verify=false docker://127.0.0.1:$port/layers:two" \
        "$(echo "$aside" | sed "s|NAME|$name|g"); $name pull --quiet --tls-verify=false docker://127.0.0.1:$port/layers:one; sync; $here/touch-memory"
done
[ -z "$podman" ] || contend podman "podman pull --quiet --tls-verify=false docker://127.0.0.1:$port/layers:two" \
    "echo $work/podman/root-\$(date +%s%N) >$work/podman-root
    podman pull --quiet --tls-verify=false docker://127.0.0.1:$port/layers:one; sync; $here/touch-memory"
measure "$tenth"
target racker 0.25 racker "$cold"
echo "$work/podman/root" >"$work/podman-root"
rm -rf "$work/old" "$work/racker"
