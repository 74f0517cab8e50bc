# Makes the root file system that it runs in bootable: installs systemd and D-Bus with its own package manager.
# Only functions, so that each can be tried by itself: what runs them says `provision` after them.
#
#   provision [--quirk NAME[:VALUE]]... [PACKAGE...]
#
# NAME      a special treatment before anything is installed, see apply_quirk
# PACKAGE   what to install instead of what is usual with the package manager
set -eu
export LC_ALL=C.UTF-8
root=${root-}

provision() {
    while [ "${1-}" = --quirk ]; do
        apply_quirk "$2"
        shift 2
    done
    install_packages "$@"
    forget_identity
}

install_packages() {
    if command -v apt-get; then
        with_apt "$@"
    elif command -v dnf; then
        with_dnf "$@"
    elif command -v microdnf; then
        with_microdnf "$@"
    elif command -v yum; then
        with_yum "$@"
    elif command -v zypper; then
        with_zypper "$@"
    elif command -v pacman; then
        with_pacman "$@"
    else
        echo "none of apt-get, dnf, microdnf, yum, zypper and pacman is here" >&2
        exit 1
    fi
}

with_apt() {
    [ $# -gt 0 ] || set -- systemd systemd-sysv dbus
    export DEBIAN_FRONTEND=noninteractive
    apt-get update
    apt-get install --yes --no-install-recommends "$@"
    apt-get clean
    rm -rf "$root"/var/lib/apt/lists/*
    # Images for application containers forbid packages to start their services; here an init runs them.
    rm -f "$root/usr/sbin/policy-rc.d"
}

with_dnf() {
    [ $# -gt 0 ] || set -- systemd dbus util-linux
    dnf install --assumeyes --setopt=install_weak_deps=False "$@"
    dnf clean all
}

with_microdnf() {
    [ $# -gt 0 ] || set -- systemd dbus util-linux
    microdnf install --assumeyes --setopt=install_weak_deps=0 "$@"
    microdnf clean all
}

with_yum() {
    [ $# -gt 0 ] || set -- systemd dbus util-linux
    yum install --assumeyes "$@"
    yum clean all
}

with_zypper() {
    [ $# -gt 0 ] || set -- systemd dbus-1 util-linux
    # The keys are those that the image's own repositories name; nobody is there to accept them.
    zypper --non-interactive --gpg-auto-import-keys refresh
    status=0
    zypper --non-interactive install --no-recommends "$@" || status=$?
    case $status in
    # zypper(8): installed, but wants a restart (102, 103), or the script of a package failed (107).
    0 | 102 | 103 | 107) ;;
    *) return "$status" ;;
    esac
    zypper --non-interactive clean --all
}

# Arch Linux supports no partial upgrades: what is installed now fits only to the newest of all the rest.
with_pacman() {
    [ $# -gt 0 ] || set -- systemd systemd-sysvcompat dbus
    prepare_keyring
    pacman --sync --refresh --sysupgrade --needed --noconfirm "$@"
    pacman --sync --clean --clean --noconfirm
    # The key that signs the others is made anew by who needs it; one that is in a layer is everybody's.
    rm -rf "$root/etc/pacman.d/gnupg/private-keys-v1.d" "$root/etc/pacman.d/gnupg/openpgp-revocs.d"
    rm -f "$root"/etc/pacman.d/gnupg/S.*
}

# New packagers sign with keys that an older image does not know: their keys come first.
prepare_keyring() {
    for keyring in "$root"/usr/share/pacman/keyrings/*.gpg; do
        if [ -e "$keyring" ] && command -v pacman-key; then
            pacman-key --init
            pacman-key --populate
            break
        fi
    done
    keyrings=$(pacman --query --quiet | sed -n '/-keyring$/p')
    if [ -n "$keyrings" ]; then
        # shellcheck disable=SC2086 # names of packages hold no spaces
        pacman --sync --refresh --needed --noconfirm $keyrings
    fi
}

# machine-id(5): an empty file lets each boot have an id of its own and does not count as the first boot.
forget_identity() {
    : >"$root/etc/machine-id"
    rm -f "$root/var/lib/dbus/machine-id"
}

apply_quirk() {
    case $1 in
    archived-mirror) archived_mirror ;;
    dated-mirror:*) dated_mirror "${1#*:}" ;;
    no-download-sandbox) no_download_sandbox ;;
    *)
        echo "the quirk $1 is not known" >&2
        exit 1
        ;;
    esac
}

# A release after its end has left the mirrors. The archive is a host beside the one that the image's sources name:
# only the first part of that name is another one. Mirrors of somebody's own are left as they are.
archived_mirror() {
    for file in "$root"/etc/apt/sources.list "$root"/etc/apt/sources.list.d/*; do
        if [ -f "$file" ]; then
            archived_apt "$file"
        fi
    done
    if [ -d "$root/etc/apt/apt.conf.d" ]; then
        # The lists of an archive are not signed anew every week.
        echo 'Acquire::Check-Valid-Until "false";' >"$root/etc/apt/apt.conf.d/80archived-mirror"
    fi
    for file in "$root"/etc/yum.repos.d/*.repo; do
        # Where no host `mirror` is named, not even in a comment, there is nothing that could become the vault.
        if [ -f "$file" ] && grep -Eq '^#? ?baseurl=https?://mirror\.' "$file"; then
            sed -E -i \
                -e 's,^(mirrorlist|metalink)=,#&,' \
                -e 's,^#? ?baseurl=(https?)://mirror\.,baseurl=\1://vault.,' \
                "$file"
        fi
    done
}

# Ubuntu keeps all of a release in its archive; Debian drops NAME-updates, which the last point release has taken in.
archived_apt() {
    if grep -Eq '^ID="?ubuntu"?$' "$root/etc/os-release"; then
        sed -E -i 's,://(([a-z]{2}\.)?archive|security)\.([^./ ]+\.[^./ ]+)(/| |$),://old-releases.\3\4,' "$1"
        return
    fi
    sed -E -i \
        -e 's,://(deb|ftp|httpredir|security)\.([^./ ]+\.[^./ ]+)(/| |$),://archive.\2\3,' \
        -e 's,^(deb.*://archive\.[^/ ]+)/?( +[^ ]+/updates( |$)),\1/debian-security\2,' \
        -e '/^deb.* [a-z]+-updates( |$)/d' \
        -e '/^Suites:/s, [a-z]+-updates,,g' \
        "$1"
}

# A rolling distribution as it was on a day, YYYY-MM-DD, which is the only one that an image of that day fits to.
dated_mirror() {
    # shellcheck disable=SC2016 # pacman replaces $repo and $arch
    printf 'Server = https://archive.archlinux.org/repos/%s/$repo/os/$arch\n' \
        "$(echo "$1" | sed 's,-,/,g')" >"$root/etc/pacman.d/mirrorlist"
}

# pacman 7 fetches in a Landlock sandbox, and fails where the kernel or the filter of the container has none.
no_download_sandbox() {
    if pacman --sync --help | grep -q -e --disable-sandbox &&
        ! grep -q '^DisableSandbox' "$root/etc/pacman.conf"; then
        sed -i 's,^\[options\]$,&\nDisableSandbox,' "$root/etc/pacman.conf"
    fi
}
