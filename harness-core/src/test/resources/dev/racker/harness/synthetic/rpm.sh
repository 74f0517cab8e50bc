# Builds the packages of the rpm families in the tree "$root" and puts a repository of them at /srv/repository.
mkdir -p "$root/etc/rpm" "$root/srv/repository" "$root/srv/packages" "$root/srv/build"
# Debian's rpm keeps its database in the home directory.
printf '%%_dbpath /var/lib/rpm\n%%__os_install_post %%{nil}\n%%_build_id_links none\n%%debug_package %%{nil}\n' \
    >"$root/etc/rpm/macros"

# spec NAME VERSION [LINE...]: a package; lines are put in as they are.
spec() {
    name=$1 version=$2
    shift 2
    {
        printf 'Name: %s\nVersion: %s\nRelease: 1\nSummary: Test\nLicense: none\nBuildArch: noarch\n' "$name" "$version"
        printf '%s\n' "$@"
    } >"$root/srv/build/$name-$version.spec"
}

# What the userland of Debian brings, in rpm's words.
spec base 1 'Provides: /bin/sh' 'Provides: systemd' 'Provides: system-release = 1' 'Provides: rpm' \
    '%description' 'Stands for the userland.' '%files'
spec greeter-data 1.0 '%description' 'Only in the repository.' '%install' \
    'mkdir -p %{buildroot}/usr/share/greeter' 'echo hello >%{buildroot}/usr/share/greeter/text' \
    '%files' '/usr/share/greeter'
for version in 1.0 2.0; do
    spec greeter $version 'Requires: greeter-data' '%description' 'A service with a dependency.' '%install' \
        'mkdir -p %{buildroot}/usr/bin %{buildroot}/usr/lib/systemd/system %{buildroot}/etc' \
        "cp /srv/build/greeter-$version %{buildroot}/usr/bin/greeter" 'chmod 755 %{buildroot}/usr/bin/greeter' \
        'cp /srv/build/greeter.service %{buildroot}/usr/lib/systemd/system/' \
        'echo text=hello >%{buildroot}/etc/greeter.conf' \
        '%post' 'systemctl daemon-reload' '%postun' 'systemctl daemon-reload' \
        '%files' '/usr/bin/greeter' '/usr/lib/systemd/system/greeter.service' '%config(noreplace) /etc/greeter.conf'
    greeter $version >"$root/srv/build/greeter-$version"
    spec versioned $version '%description' 'Two versions in the repository.' '%files'
done
spec failing-pre 1.0 '%description' 'Refuses.' '%pre' 'echo "pre says no"' 'exit 1' '%files'
spec failing-post 1.0 '%description' 'Fails late.' '%post' 'echo "post says no"' 'exit 1' '%files'
spec unmet 1.0 'Requires: no-such-thing >= 3' '%description' 'Needs what is not there.' '%files'
spec rival 1.0 'Conflicts: greeter' '%description' 'Conflicts.' '%files'
spec clash 1.0 '%description' 'The same file.' '%install' 'mkdir -p %{buildroot}/usr/bin' \
    'echo other >%{buildroot}/usr/bin/greeter' '%files' '/usr/bin/greeter'
unit >"$root/srv/build/greeter.service"

chroot "$root" sh -eu -c 'cd /srv/build && rpmbuild --quiet --define "_topdir /srv/build/top" -bb ./*.spec >/srv/build/log 2>&1 ||
    { cat /srv/build/log; exit 1; }'
mv "$root"/srv/build/top/RPMS/noarch/*.rpm "$root/srv/packages/"
for name in greeter-data-1.0 greeter-1.0 versioned-1.0 versioned-2.0; do
    cp "$root/srv/packages/$name-1.noarch.rpm" "$root/srv/repository/"
done
chroot "$root" createrepo_c --quiet /srv/repository
rm -rf "$root/srv/build"
chroot "$root" rpm --install /srv/packages/base-1-1.noarch.rpm
rm "$root/srv/packages/base-1-1.noarch.rpm"
