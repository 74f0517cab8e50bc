# What the recipes of all families share; $1 is the root of the tree that mmdebstrap makes. Sourced, not run.
set -eu
root=$1

# The program of the test packages: a unit with it is active until it is stopped.
unit() {
    printf '[Unit]\nDescription=Greets\n[Service]\nExecStart=/usr/bin/greeter\n[Install]\nWantedBy=multi-user.target\n'
}

greeter() {
    printf '#!/bin/sh\n# %s\nexec sleep infinity\n' "$1"
}

# The userland is Debian's; detection must find the family's own package manager only.
hide_debian() {
    mkdir -p "$root/usr/lib/hidden"
    for program in "$root"/usr/bin/apt* "$root"/usr/bin/dpkg*; do
        mv "$program" "$root/usr/lib/hidden/"
    done
    rm -f "$root/etc/hostname" "$root/etc/resolv.conf" "$root/etc/debian_version"
    # As images for containers have it: no documentation.
    rm -rf "$root/usr/share/doc" "$root/usr/share/man" "$root/usr/share/locale"
    mkdir -p "$root/usr/share/man/man1"
}

os_release() {
    rm -f "$root/etc/os-release" "$root/usr/lib/os-release"
    cat >"$root/usr/lib/os-release"
    ln -s ../usr/lib/os-release "$root/etc/os-release"
}
