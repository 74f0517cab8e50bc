# shellcheck shell=sh disable=SC2154 # a part of benchmarks/run
# needs: root umoci skopeo docker-registry
# What lists, with few objects and with many; containers that have not been started, and names of one image.
store
made=0
for count in 2 200; do
    while [ "$made" -lt "$count" ]; do
        made=$((made + 1))
        racker create --network=none "docker://$image" >/dev/null
        racker tag "docker://$image" "bench:$made"
    done
    for listing in 'ps -a' images; do
        begin "$listing, $count objects" racker
        contend racker "racker $listing"
        measure "$half"
        [ "$count" = 2 ] || target racker 2 racker "$listing, 2 objects"
    done
done
# shellcheck disable=SC2046 # a list of words
racker rm -f $(racker ps -aq) >/dev/null
rm -rf "$work/racker"
