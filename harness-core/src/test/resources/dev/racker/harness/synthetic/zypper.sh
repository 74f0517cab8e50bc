#!/bin/sh
# A customize hook of mmdebstrap: zypper on a userland of Debian.
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/rpm.sh"
mkdir -p "$root/etc/zypp/repos.d" "$root/etc/products.d"
printf '[synthetic]\nname=synthetic\nbaseurl=dir:///srv/repository\nenabled=1\ngpgcheck=0\nautorefresh=0\n' \
    >"$root/etc/zypp/repos.d/synthetic.repo"
cat >"$root/etc/products.d/synthetic.prod" <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<product schemeversion="0"><vendor>synthetic</vendor><name>synthetic</name><version>1</version><release>1</release>
<arch>noarch</arch><summary>synthetic</summary></product>
END
ln -s synthetic.prod "$root/etc/products.d/baseproduct"
hide_debian
os_release <<'END'
NAME="Synthetic openSUSE"
ID=opensuse-leap
ID_LIKE="suse opensuse"
VERSION_ID=1
PRETTY_NAME="zypper on a Debian userland"
END
