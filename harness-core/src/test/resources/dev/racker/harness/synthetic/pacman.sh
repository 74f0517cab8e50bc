#!/bin/sh
# A customize hook of mmdebstrap: pacman on a userland of Debian.
. "$(dirname "$0")/common.sh"
mkdir -p "$root/srv/repository" "$root/srv/packages" "$root/srv/build" "$root/var/lib/pacman"

# pkgbuild NAME VERSION [LINE...]: a package; lines are put in as they are.
pkgbuild() {
    directory=$root/srv/build/$1-$2
    mkdir -p "$directory"
    {
        printf 'pkgname=%s\npkgver=%s\npkgrel=1\npkgdesc=Test\narch=(any)\noptions=(!strip !debug)\n' "$1" "$2"
        shift 2
        printf '%s\n' "$@"
    } >"$directory/PKGBUILD"
}

pkgbuild greeter-data 1.0 \
    'package() { mkdir -p "$pkgdir/usr/share/greeter"; echo hello >"$pkgdir/usr/share/greeter/text"; }'
for version in 1.0 2.0; do
    pkgbuild greeter $version 'depends=(greeter-data)' 'backup=(etc/greeter.conf)' 'install=greeter.install' 'package() {' \
        'install -D -m755 "$startdir/greeter" "$pkgdir/usr/bin/greeter"' \
        'install -D -m644 "$startdir/greeter.service" "$pkgdir/usr/lib/systemd/system/greeter.service"' \
        'mkdir -p "$pkgdir/etc"; echo text=hello >"$pkgdir/etc/greeter.conf"' '}'
    greeter $version >"$root/srv/build/greeter-$version/greeter"
    unit >"$root/srv/build/greeter-$version/greeter.service"
    printf 'post_install() { systemctl daemon-reload; }\npost_remove() { systemctl daemon-reload; }\n' \
        >"$root/srv/build/greeter-$version/greeter.install"
    pkgbuild versioned $version 'package() { :; }'
done
for when in pre post; do
    pkgbuild failing-$when 1.0 "install=failing.install" 'package() { :; }'
    printf '%s_install() { echo "%s says no"; return 1; }\n' $when $when >"$root/srv/build/failing-$when-1.0/failing.install"
done
pkgbuild unmet 1.0 "depends=('no-such-thing>=3')" 'package() { :; }'
pkgbuild rival 1.0 'conflicts=(greeter)' 'package() { :; }'
pkgbuild clash 1.0 'package() { mkdir -p "$pkgdir/usr/bin"; echo other >"$pkgdir/usr/bin/greeter"; }'

# makepkg refuses root.
chroot "$root" sh -eu -c 'chown -R nobody /srv/build && cd /srv/build && for package in *; do
    (cd "$package" && setpriv --reuid=nobody --regid=nogroup --clear-groups env HOME=/srv/build PKGDEST=/srv/build PKGEXT=.pkg.tar.zst \
        makepkg --nodeps --noconfirm >log 2>&1 || { cat log; exit 1; })
done'
mv "$root"/srv/build/*.pkg.tar.zst "$root/srv/packages/"
for name in greeter-data-1.0 greeter-1.0 versioned-2.0; do
    cp "$root/srv/packages/$name-1-any.pkg.tar.zst" "$root/srv/repository/"
done
chroot "$root" sh -c 'repo-add --quiet /srv/repository/synthetic.db.tar.gz /srv/repository/*.pkg.tar.zst'
rm -rf "$root/srv/build"
cat >"$root/etc/pacman.conf" <<'END'
[options]
Architecture = auto
SigLevel = Never
LocalFileSigLevel = Never
[synthetic]
Server = file:///srv/repository
END
hide_debian
os_release <<'END'
NAME="Synthetic Arch"
ID=arch
PRETTY_NAME="pacman on a Debian userland"
END
