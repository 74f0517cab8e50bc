#!/bin/sh
# A customize hook of mmdebstrap: dnf on a userland of Debian.
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/rpm.sh"
mkdir -p "$root/etc/yum.repos.d"
printf '[synthetic]\nname=synthetic\nbaseurl=file:///srv/repository\ngpgcheck=0\n' >"$root/etc/yum.repos.d/synthetic.repo"
hide_debian
os_release <<'END'
NAME="Synthetic Fedora"
ID=fedora
VERSION_ID=1
PRETTY_NAME="dnf on a Debian userland"
END
