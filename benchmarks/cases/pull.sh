# shellcheck shell=sh disable=SC2154 # a part of benchmarks/run
# needs: root systemd-nspawn umoci skopeo docker-registry
need_image
begin 'pull and unpack, one layer, cold' podman
for name in $programs; do
    # What an earlier run unpacked is put aside and not removed: ext4 is slow to make files right after it lost as many.
    contend "$name" "$name pull --quiet --tls-verify=false docker://$image" \
        "mkdir -p $work/old; [ ! -e $work/$name ] || mv $work/$name $work/old/\$(date +%s%N); sync; $here/touch-memory"
done
[ -z "$podman" ] || contend podman "podman pull --quiet --tls-verify=false docker://$image" \
    "echo $work/podman/root-\$(date +%s%N) >$work/podman-root; sync; $here/touch-memory"
contend 'umoci unpack alone' \
    "umoci --log=error unpack --image $work/oci:bench --uid-map 0:524288:65536 --gid-map 0:524288:65536 $work/unpacked" \
    "mkdir -p $work/old; [ ! -e $work/unpacked ] || mv $work/unpacked $work/old/\$(date +%s%N); sync; $here/touch-memory"
measure "$tenth"
target racker 0.5
target racker 0.4 'umoci unpack alone'
echo "$work/podman/root" >"$work/podman-root"
rm -rf "$work/old"
