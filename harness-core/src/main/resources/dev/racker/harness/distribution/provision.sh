# Makes the root file system that it runs in bootable: installs systemd and D-Bus with its own package manager.
#
#   sh provision.sh [PACKAGE...]
#
# PACKAGE   further packages that this release needs
set -eu
export LC_ALL=C.UTF-8

if command -v apt-get; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update
    apt-get install --yes --no-install-recommends systemd systemd-sysv dbus "$@"
    apt-get clean
    rm -rf /var/lib/apt/lists/*
    # Images for application containers forbid packages to start their services; here an init runs them.
    rm -f /usr/sbin/policy-rc.d
elif command -v dnf; then
    dnf install --assumeyes --setopt=install_weak_deps=False systemd dbus util-linux "$@"
    dnf clean all
elif command -v microdnf; then
    microdnf install --assumeyes --setopt=install_weak_deps=0 systemd dbus util-linux "$@"
    microdnf clean all
elif command -v yum; then
    yum install --assumeyes systemd dbus util-linux "$@"
    yum clean all
elif command -v zypper; then
    zypper --non-interactive install --no-recommends systemd dbus-1 util-linux "$@"
    zypper --non-interactive clean --all
elif command -v pacman; then
    pacman --sync --refresh --noconfirm systemd systemd-sysvcompat dbus "$@"
    pacman --sync --clean --clean --noconfirm
else
    echo "none of apt-get, dnf, microdnf, yum, zypper and pacman is here" >&2
    exit 1
fi

# machine-id(5): an empty file lets each boot have an id of its own and does not count as the first boot.
: >/etc/machine-id
rm -f /var/lib/dbus/machine-id
