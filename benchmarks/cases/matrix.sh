# shellcheck shell=sh disable=SC2154 # a part of benchmarks/run
# needs: root systemd-nspawn umoci skopeo docker-registry dpkg-deb
# matrix_of NAME TYPE SCRIPT: twelve packages, each with its service, at once and one after the other.
matrix_of() {
    printf '%s\n' "image: docker://$image" "setup: '$forget'" package: >"$work/$1.yaml"
    for number in 1 2 3 4 5 6 7 8 9 10 11 12; do
        package "$1-$number" "$2" "$3" 100000
        printf '%s\n' "  - package: $work/packages/$1-$number.deb" "    check-unit: $1-$number" >>"$work/$1.yaml"
    done
}

store
for type in simple notify; do
    # systemd takes the first for ready when it was started, so pkgprobe waits whether it stays; the second says so itself.
    case $type in
    simple) matrix_of simple simple 'exec sleep infinity' ;;
    notify) matrix_of notify notify 'systemd-notify --ready; exec sleep infinity' ;;
    esac
    begin "12 $type packages" '--jobs 1'
    contend '--jobs 1' "postroj pkgprobe --spec=$work/$type.yaml --jobs=1"
    contend '--jobs 4' "postroj pkgprobe --spec=$work/$type.yaml --jobs=4"
    measure $(((tenth + 1) / 2))
    target '--jobs 4' 0.65
done
