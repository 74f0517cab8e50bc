# shellcheck shell=sh disable=SC2154,SC2034 # a part of benchmarks/run
# What the cases with packages share.

# package NAME TYPE SCRIPT BYTES: a package with a service that runs the script, and with files of 10 kB.
package() {
    mkdir -p "$work/packages/$1/DEBIAN" "$work/packages/$1/lib/systemd/system" "$work/packages/$1/usr/share/$1"
    printf '%s\n' "Package: $1" 'Version: 1' 'Architecture: all' 'Maintainer: Nobody <nobody@localhost>' \
        'Description: a service to measure with' >"$work/packages/$1/DEBIAN/control"
    printf '#!/bin/sh\nsystemctl start %s\n' "$1" >"$work/packages/$1/DEBIAN/postinst"
    chmod 0755 "$work/packages/$1/DEBIAN/postinst"
    printf '%s\n' '[Service]' "Type=$2" NotifyAccess=all "ExecStart=/bin/sh -c \"$3\"" \
        >"$work/packages/$1/lib/systemd/system/$1.service"
    (cd "$work/packages/$1/usr/share/$1" && head -c "$4" /dev/urandom | split -a 4 -b 10000 -)
    dpkg-deb --root-owner-group --build "$work/packages/$1" "$work/packages/$1.deb" >/dev/null
    rm -rf "$work/packages/${1:?}"
}

# No mirror decides: packages are files, and apt knows of nothing else.
forget='rm -rf /etc/apt/sources.list.d/* && : >/etc/apt/sources.list'
