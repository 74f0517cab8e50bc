#!/bin/sh
# Installs Racker: brings the programs that it needs, builds it, and puts it under PREFIX.
set -eu
umask 022

usage() {
    cat <<'END'
Usage: [PREFIX=/usr/local] [DESTDIR=] ./install.sh [--with-tests] [--no-packages] [--dry-run] [--quiet]
       [PREFIX=/usr/local] [DESTDIR=] ./install.sh --uninstall

Installs racker and postroj, with manual pages and completion for bash, zsh and fish.
What is missing comes from the distribution (apt, dnf, zypper or pacman); what is there is left as it is.

  --with-tests   also install what `mvn verify` needs
  --no-packages  install no packages; with DESTDIR that is so anyway
  --dry-run      say what would be installed, and with which command, and change nothing
  --uninstall    remove what was installed; packages and images stay
  --quiet        say only what goes wrong
  -h, --help     show this help

PREFIX is where the files go; DESTDIR stands before it while a package is being built.
RACKER_JAVA names the java program to use, else JAVA_HOME, else the one on PATH.
END
}

say() {
    [ -n "$quiet" ] || printf '%s\n' "$*"
}

fail() {
    printf 'install.sh: %s\n' "$@" >&2
    exit 1
}

misuse() {
    printf 'install.sh: %s\n\n' "$1" >&2
    usage >&2
    exit 2
}

quiet=
with_tests=
packages=yes
dry_run=
action=install
while [ $# -gt 0 ]; do
    case $1 in
    --with-tests) with_tests=yes ;;
    --no-packages) packages= ;;
    --dry-run) dry_run=yes ;;
    --uninstall) action=uninstall ;;
    --quiet) quiet=yes ;;
    -h | --help)
        usage
        exit 0
        ;;
    *) misuse "Tried to read the options, but '$1' is not known." ;;
    esac
    shift
done

source=$(cd "$(dirname "$0")" && pwd -P)
PREFIX=${PREFIX:-/usr/local}
DESTDIR=${DESTDIR:-}
case $PREFIX in
/*) ;;
*) misuse "Tried to install under PREFIX '$PREFIX', but that is not an absolute path." ;;
esac
case $PREFIX$DESTDIR in
*[!A-Za-z0-9/._+@-]*) misuse "Tried to install under '$DESTDIR$PREFIX', but a class path cannot hold such characters." ;;
esac
PREFIX=${PREFIX%/}
root=$DESTDIR$PREFIX
lib=$root/lib/racker
manifest=$lib/manifest
[ -z "$DESTDIR" ] || packages=
# The programs of system administration are not on everybody's PATH.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

writable() {
    directory=$root
    while [ ! -d "$directory" ]; do
        directory=$(dirname "$directory")
    done
    [ -w "$directory" ] || fail "Tried to write under '$root', but this user may not." \
        "Run it with sudo, or choose another place: PREFIX=\$HOME/.local ./install.sh --no-packages"
}

# --- packages ---------------------------------------------------------------------------------------------------------

# What to look for | why | its package for apt | dnf | zypper | pacman. A dash: nothing to install there;
# a question mark: left out where the distribution does not have it.
needed() {
    cat <<'END'
systemd-nspawn|boots machines|systemd-container|systemd-container|systemd-container|systemd
dbus-daemon|the bus that systemd is asked over|dbus|dbus-daemon|dbus-1-daemon|dbus
skopeo|fetches images from registries|skopeo|skopeo|skopeo|skopeo
umoci|unpacks images|umoci|?umoci|umoci|?umoci
mmdebstrap|makes Debian and Ubuntu images without a registry|mmdebstrap|?mmdebstrap|?mmdebstrap|?mmdebstrap
netavark|connects machines to a network|netavark|netavark|netavark|netavark
aardvark-dns|answers names between machines|aardvark-dns|aardvark-dns|aardvark-dns|aardvark-dns
catatonit|the init of --init|catatonit|catatonit|catatonit|catatonit
iptables|translates addresses for the network|iptables|iptables-nft|iptables|iptables
ip|shows links and addresses|iproute2|iproute|iproute2|iproute2
nsenter|enters machines|util-linux|util-linux|util-linux|util-linux
setpriv|drops privileges|util-linux|util-linux|util-linux|util-linux
flock|locks in scripts|util-linux|util-linux-core|util-linux|util-linux
unsquashfs|reads squashfs images|squashfs-tools|squashfs-tools|squashfs|squashfs-tools
tar|reads archives|tar|tar|tar|tar
gzip|reads gzip archives|gzip|gzip|gzip|gzip
pigz|reads gzip archives faster|pigz|pigz|pigz|pigz
igzip|reads gzip archives fastest|?isal|?isa-l-tools|?igzip|?isa-l
zstd|reads zstd archives|zstd|zstd|zstd|zstd
xz|reads xz archives|xz-utils|xz|xz|xz
bzip2|reads bzip2 archives|bzip2|bzip2|bzip2|bzip2
getfattr|shows extended attributes|attr|attr|attr|attr
/etc/ssl/certs|certificates of registries|ca-certificates|ca-certificates|ca-certificates|ca-certificates
END
    [ -z "$with_tests" ] || cat <<'END'
docker-registry|a real registry for tests|docker-registry|?docker-distribution|?distribution-registry|?distribution
htpasswd|logins of that registry|apache2-utils|httpd-tools|apache2-utils|apache
openssl|certificates of that registry|openssl|openssl|openssl|openssl
dpkg-deb|builds packages in tests|dpkg|?dpkg|?dpkg|?dpkg
tmux|drives terminals in tests|tmux|tmux|tmux|tmux
hyperfine|measures|hyperfine|?hyperfine|hyperfine|hyperfine
jq|reads and writes the results of benchmarks|jq|jq|jq|jq
gnuplot|draws the plot of benchmarks|gnuplot-nox|gnuplot|gnuplot|gnuplot
/usr/bin/time|measures the memory of programs|time|time|time|time
expect|drives terminals in benchmarks|expect|expect|expect|expect
podman|the peer in benchmarks|podman|podman|podman|podman
runc|runs podman's containers where crun cannot|runc|?runc|runc|runc
setfacl|access control lists in test trees|acl|acl|acl|acl
setcap|file capabilities in test trees|libcap2-bin|libcap|libcap-progs|libcap
mksquashfs|makes squashfs images|squashfs-tools|squashfs-tools|squashfs|squashfs-tools
busybox|the smallest guest|busybox-static|?busybox|busybox-static|busybox
py.test-3|asserts what is in containers|python3-testinfra|?python3-pytest-testinfra|?python3-pytest-testinfra|?python-pytest-testinfra
curl|speaks HTTP to guests|curl|curl|curl|curl
iptables-save|the check that no rule is left|iptables|iptables-nft|iptables|iptables
rst2html|checks the documents|python3-docutils|python3-docutils|python3-docutils|python-docutils
chromium|opens reports in a browser|?chromium|?chromium|?chromium|?chromium
man|reads manual pages in tests|man-db|man-db|man|man-db
/lib/systemd/systemd|boots the test host|systemd|systemd|systemd|systemd
END
}

is_there() {
    case $1 in
    /*) [ -e "$1" ] ;;
    netavark | aardvark-dns)
        [ -x "/usr/lib/podman/$1" ] || [ -x "/usr/libexec/podman/$1" ] || command -v "$1" >/dev/null
        ;;
    catatonit)
        [ -x /usr/libexec/podman/catatonit ] || [ -x /usr/libexec/catatonit/catatonit ] || command -v "$1" >/dev/null
        ;;
    *) command -v "$1" >/dev/null ;;
    esac
}

# The distribution's own package manager first: with mmdebstrap, others have apt as well.
find_manager() {
    own=
    for id in $(sed -n -e 's/^ID=//p' -e 's/^ID_LIKE=//p' /etc/os-release 2>/dev/null | tr -d "\"'"); do
        case $id in
        debian | ubuntu) own='apt-get' ;;
        fedora | rhel | centos) own=dnf ;;
        opensuse* | suse | sles | sled) own=zypper ;;
        arch | archlinux) own=pacman ;;
        esac
    done
    for manager in $own apt-get dnf zypper pacman; do
        if command -v "$manager" >/dev/null; then
            return
        fi
    done
    fail "Tried to find apt, dnf, zypper or pacman, but none of them is here." \
        "Install what 'racker info' names by hand, then run ./install.sh --no-packages."
}

updated=
refresh() {
    [ -z "$updated" ] || return 0
    updated=yes
    case $manager in
    apt-get) run_quietly apt-get -q update ;;
    pacman) run_quietly pacman -Sy --noconfirm ;;
    esac
}

# A package manager talks much; what it said matters when it failed.
run_quietly() {
    if [ -n "$dry_run" ]; then
        say "  would run: $*"
        return
    fi
    "$@" >"$work/log" 2>&1 </dev/null || {
        cat "$work/log" >&2
        fail "Tried to run '$*', but it failed. Its output is above."
    }
}

has_package() {
    case $manager in
    apt-get) apt-cache policy "$1" 2>/dev/null | grep -q 'Candidate: [0-9]' ;;
    dnf) dnf -q list "$1" >/dev/null 2>&1 ;;
    zypper) zypper -n -q search --match-exact "$1" >/dev/null 2>&1 ;;
    pacman) pacman -Si "$1" >/dev/null 2>&1 ;;
    esac
}

install_packages() {
    case $manager in
    apt-get) DEBIAN_FRONTEND=noninteractive run_quietly apt-get -q -y --no-install-recommends install "$@" ;;
    dnf) run_quietly dnf -q -y --setopt=install_weak_deps=False install "$@" ;;
    zypper) run_quietly zypper -n -q install --no-recommends "$@" ;;
    pacman) run_quietly pacman -S --noconfirm --needed "$@" ;;
    esac
}

# The first Java development kit of version 17 or newer that the distribution has; its own choice first.
choose_jdk() {
    case $manager in
    apt-get) candidates='default-jdk-headless openjdk-25-jdk-headless openjdk-21-jdk-headless openjdk-17-jdk-headless' ;;
    dnf) candidates='java-latest-openjdk-devel java-25-openjdk-devel java-21-openjdk-devel java-17-openjdk-devel' ;;
    zypper) candidates='java-25-openjdk-devel java-21-openjdk-devel java-17-openjdk-devel' ;;
    pacman) candidates='jdk-openjdk' ;;
    esac
    for candidate in $candidates; do
        if [ "$candidate" = default-jdk-headless ]; then
            # Its version is that of Java with an epoch before it: 2:1.17-74, 2:1.21-76.
            version=$(apt-cache policy "$candidate" 2>/dev/null | sed -n 's/^  Candidate: 2:1\.\([0-9]*\).*/\1/p')
            [ "${version:-0}" -ge 17 ] || continue
        fi
        if has_package "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    fail "Tried to find a JDK of version 17 or newer, but $manager knows of none." \
        "See whether its lists of packages are there and its mirrors can be reached, or set JAVA_HOME to a JDK."
}

bring_packages() {
    find_manager
    case $manager in
    apt-get) column=3 ;;
    dnf) column=4 ;;
    zypper) column=5 ;;
    pacman) column=6 ;;
    esac
    needed | while IFS='|' read -r what why rest; do
        is_there "$what" || printf '%s|%s|%s\n' "$what" "$why" "$rest"
    done >"$work/missing"
    jdk=
    find_jdk || jdk=missing
    maven=
    command -v mvn >/dev/null || maven=missing
    [ -s "$work/missing" ] || [ -n "$jdk$maven" ] || return 0

    [ -n "$dry_run" ] || [ "$(id -u)" = 0 ] || {
        [ -z "$jdk$maven" ] || fail "Tried to install a JDK and Maven, but that needs root. Run it with sudo."
        say "Some programs are missing, and installing them needs root; 'racker info' will name them."
        return 0
    }
    refresh
    wanted=
    : >"$work/say"
    while IFS='|' read -r what why apt dnf zypper pacman; do
        package=$(printf '%s|%s|%s|%s|%s|%s\n' "$what" "$why" "$apt" "$dnf" "$zypper" "$pacman" | cut -d'|' -f"$column")
        case $package in
        -) continue ;;
        '?'*)
            package=${package#?}
            if ! has_package "$package"; then
                say "  $what ($why) is not in this distribution; going on without it"
                continue
            fi
            ;;
        esac
        case " $wanted " in
        *" $package "*) continue ;;
        esac
        wanted="$wanted $package"
        say "  installing $package: $what $why"
    done <"$work/missing"
    if [ -n "$jdk" ]; then
        package=$(choose_jdk)
        wanted="$wanted $package"
        say "  installing $package: no JDK of version 17 or newer was found; Racker is built with it and runs on it"
    fi
    if [ -n "$maven" ]; then
        wanted="$wanted maven"
        say "  installing maven: builds Racker"
    fi
    [ -n "$wanted" ] || return 0
    # shellcheck disable=SC2086 # a list of words
    install_packages $wanted
    [ -z "$dry_run" ] || return 0
    # The tests start registries of their own; nobody asked for one that listens all the time.
    case " $wanted " in
    *" docker-registry "*)
        if [ -d /run/systemd/system ]; then
            systemctl --quiet disable --now docker-registry.service 2>/dev/null || true
        fi
        ;;
    esac
}

# --- Java -------------------------------------------------------------------------------------------------------------

version_of() {
    "$1" -version 2>&1 | sed -n '1s/^[^"]*"\([0-9]*\).*/\1/p'
}

# Sets java, java_version and java_home when there is a JDK, not only a runtime, that is new enough.
find_jdk() {
    for java in "${RACKER_JAVA:-}" "${JAVA_HOME:+$JAVA_HOME/bin/java}" "$(command -v java || true)" \
        /usr/lib/jvm/default-java/bin/java /usr/lib/jvm/java-*/bin/java /usr/lib/jvm/*/bin/java; do
        [ -x "$java" ] || continue
        java=$(readlink -f "$java")
        java_home=${java%/bin/java}
        [ -x "$java_home/bin/javac" ] || continue
        java_version=$(version_of "$java")
        if [ "${java_version:-0}" -ge 17 ]; then
            return 0
        fi
    done
    return 1
}

# --- build and install ------------------------------------------------------------------------------------------------

sources() {
    (cd "$source" && find pom.xml .mvn packaging install.sh ./*/pom.xml ./*/src/main -type f | LC_ALL=C sort)
}

# What the installed files were made from: sources, Java, place.
fingerprint() {
    {
        (cd "$source" && sources | while read -r file; do sha256sum "$file"; done)
        printf '%s\n' "$PREFIX" "$java" "$java_version"
        # A JDK that was replaced in place does not fit its archive any more.
        stat -L -c '%s %Y' "$java" "$java_home/lib/modules"
    } | sha256sum | cut -d' ' -f1
}

build() {
    say "Building with $java_home"
    mkdir "$work/build" "$work/jars" "$work/share"
    # A copy: the sources may belong to somebody who does not want files of root among them.
    (cd "$source" && { sources; find ./*/src/main -type d -empty; } | tar -cf - -T -) | tar -xf - -C "$work/build"
    JAVA_HOME=$java_home mvn -B -q -f "$work/build/pom.xml" -DskipTests -Dmaven.test.skip=true \
        -Dspotless.check.skip=true -Dcheckstyle.skip=true \
        package dependency:copy-dependencies -DincludeScope=runtime "-DoutputDirectory=$work/jars" \
        </dev/null >"$work/log" 2>&1 || {
        cat "$work/log" >&2
        if grep -q 'PKIX path building failed' "$work/log"; then
            fail "Tried to build Racker, but Java does not trust who answers for the servers that Maven asks." \
                "Does this network have a certificate authority of its own? doc/usage.rst, 'Troubleshooting', says what to do."
        fi
        fail "Tried to build Racker, but Maven failed. Its output is above."
    }
    for module in racker-cli postroj-cli; do
        cp "$work/build/$module/target/$module"-*.jar "$work/jars/"
    done
    rm -f "$work/jars"/*-tests.jar "$work/jars"/*-sources.jar
    "$java" -cp "$work/jars/*" dev.racker.cli.manual.Manual "$work/share" \
        dev.racker.cli.Racker dev.racker.postroj.Postroj
}

# The jars of one program, ours first, and of those the one that files are read from, since Java opens all before it; $1: the other program's jar is left out.
class_path() {
    path=
    for jar in "$work/jars/harness-core"-*.jar "$work/jars/racker-cli"-*.jar "$work/jars/postroj-cli"-*.jar \
        "$work/jars/curated-images"-*.jar "$work/jars"/*.jar; do
        name=${jar##*/}
        case $name in
        "$1"*) continue ;;
        esac
        case ":$path:" in
        *":$PREFIX/lib/racker/$name:"*) ;;
        *) path=${path:+$path:}$PREFIX/lib/racker/$name ;;
        esac
    done
    echo "$path"
}

# The collector that starts soonest. Before Java 24 only G1 takes objects out of the archive, such as the graph of Java's
# own modules, and that saves more than its threads cost.
collector() {
    if [ "$java_version" -lt 24 ]; then
        echo '-XX:+UseG1GC -XX:ParallelGCThreads=1'
    else
        echo '-XX:+UseSerialGC'
    fi
}

# Has the archive mapped where it was made for. By itself Java puts it anywhere else, against attacks on its memory, and
# then writes each pointer in it anew: a third of the time until a program begins.
place() {
    flags='-XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0'
    # shellcheck disable=SC2086 # a list of words
    if "$java" $flags -version >/dev/null 2>&1; then
        echo "$flags"
    fi
}

# launcher PROGRAM MAIN FAILURE OTHER
launcher() {
    flag=-XX:SharedArchiveFile=
    [ "$java_version" -lt 24 ] || flag=-XX:AOTCache=
    sed -e "s|@PROGRAM@|$1|g" -e "s|@MAIN@|$2|g" -e "s|@FAILURE@|$3|g" -e "s|@JAVA@|$java|g" \
        -e "s|@ARCHIVE_FLAG@|$flag|g" -e "s|@GC@|$(collector)|g" -e "s|@PLACE@|$(place)|g" -e "s|@LIB@|$PREFIX/lib/racker|g" -e "s|@CLASSPATH@|$(class_path "$4")|g" \
        "$source/packaging/launcher" >"$work/stage/bin/$1"
    chmod 0755 "$work/stage/bin/$1"
}

stage() {
    mkdir -p "$work/stage/bin" "$work/stage/lib/racker/scripts" "$work/stage/share"
    cp "$work/jars"/*.jar "$work/stage/lib/racker/"
    # They are in the jar too, but opening that takes longer than reading them.
    cp "$work/build/harness-core/src/main/resources/dev/racker/harness/machine"/*.sh "$work/stage/lib/racker/scripts/"
    cp -R "$work/share/." "$work/stage/share/"
    launcher racker dev.racker.cli.Racker 125 postroj-cli-
    launcher postroj dev.racker.postroj.Postroj 2 racker-cli-
    mkdir -p "$work/stage/lib/systemd/system"
    sed -e "s|@PREFIX@|$PREFIX|g" "$source/packaging/racker-restart.service" \
        >"$work/stage/lib/systemd/system/racker-restart.service"
    chmod -R u=rwX,go=rX "$work/stage"
    echo "$fingerprint" >"$work/stage/lib/racker/fingerprint"
    (cd "$work/stage" && {
        find . -type f ! -name manifest
        printf '%s\n' ./lib/racker/manifest ./lib/racker/racker.archive ./lib/racker/postroj.archive
    } | sed "s|^\.|$PREFIX|" | LC_ALL=C sort) >"$work/stage/lib/racker/manifest"
}

# The directories that are not there yet, with a slash at their end, so that uninstalling removes those and no others.
new_directories() {
    (cd "$work/stage" && find . -type d) | while read -r directory; do
        directory=$PREFIX${directory#.}
        while [ "$directory" != / ] && [ -n "$directory" ] && [ ! -d "$DESTDIR$directory" ]; do
            echo "$directory/"
            directory=${directory%/*}
        done
    done | sort -u
}

# Each file arrives under a name of its own and is then renamed; the fingerprint comes last, so that an interrupted
# installation is done again. Files of an older version that are not there any more are removed.
put_in_place() {
    if [ -e "$manifest" ]; then
        grep -v '/$' "$manifest" >"$work/old-manifest" || true
        # Directories that an earlier installation made are still ours.
        grep '/$' "$manifest" >>"$work/stage/lib/racker/manifest" || true
    fi
    new_directories >>"$work/stage/lib/racker/manifest"
    sort -u -o "$work/stage/lib/racker/manifest" "$work/stage/lib/racker/manifest"
    mkdir -p "$lib"
    rm -f "$lib/fingerprint"
    # Until all is done, the manifest names the old files and the new ones.
    cat "$work/stage/lib/racker/manifest" "$work/old-manifest" 2>/dev/null | sort -u >"$manifest.new"
    mv -f "$manifest.new" "$manifest"
    (cd "$work/stage" && find . -type f ! -name fingerprint ! -name manifest) | while read -r file; do
        mkdir -p "$(dirname "$root/$file")"
        cp -p "$work/stage/$file" "$root/$file.new"
        mv -f "$root/$file.new" "$root/$file"
    done
    if [ -e "$work/old-manifest" ]; then
        grep -v -x -F -f "$work/stage/lib/racker/manifest" "$work/old-manifest" | while read -r file; do
            rm -f "$DESTDIR$file"
        done
    fi
    cp "$work/stage/lib/racker/manifest" "$manifest.new"
    mv -f "$manifest.new" "$manifest"
}

# Runs a command where PREFIX/lib is what a package build has made under DESTDIR: the archive remembers the paths of its
# jars. Needs a mount namespace; without one the archive is left out, and the programs start a little slower.
in_place() {
    if [ -z "$DESTDIR" ]; then
        "$@"
        return
    fi
    [ -d "$PREFIX/lib" ] || return 1
    # shellcheck disable=SC2016 # for the inner shell
    set -- sh -c 'mount -t overlay -o "lowerdir=$1:$2" overlay "$2" && shift 2 && exec "$@"' sh "$root/lib" "$PREFIX/lib" "$@"
    if [ "$(id -u)" = 0 ]; then
        unshare --mount "$@"
    else
        unshare --map-root-user --mount "$@"
    fi
}

# train PROGRAM MAIN OTHER: which classes do real commands need? Those become the archive.
train() {
    path=$(class_path "$3")
    flags="-XX:TieredStopAtLevel=1 $(collector) -XX:-UsePerfData -Xmx512m -Dfile.encoding=UTF-8"
    flags="$flags -Dracker.scripts=$PREFIX/lib/racker/scripts"
    # A tree that looks like an image that boots; packaging/rehearsal holds what stands for its machine.
    tree=$work/training/tree
    mkdir -p "$tree/usr/bin" "$tree/usr/lib/systemd" "$tree/etc"
    for program in usr/bin/dbus-daemon usr/lib/systemd/systemd; do
        printf '#!/bin/sh\n' >"$tree/$program"
        chmod 0755 "$tree/$program"
    done
    number=0
    grep "^$1 " "$source/packaging/training" | sed "s|@TREE@|$tree|g" | while read -r _ arguments; do
        number=$((number + 1))
        # An image that is not there is never booted, so the host itself may say what would boot it.
        plane=direct
        case $arguments in *[:/]none*) plane= ;; esac
        # shellcheck disable=SC2086 # lists of words
        RACKER_STATE_DIR=$work/training/state RACKER_CACHE_DIR=$work/training/cache \
            RACKER_RUN_DIR=$work/training/run RACKER_CONTROL_PLANE=$plane PATH=$source/packaging/rehearsal:$PATH \
            LC_ALL=C.UTF-8 \
            in_place timeout 60 "$java" $flags -Xshare:auto -XX:DumpLoadedClassList="$work/$1.$number.classes" \
            -cp "$path" "$2" $arguments </dev/null >>"$work/log" 2>&1 || true
    done
    # Numbers are those of one run, and classes that a program loads for itself are not for the archive.
    cat "$work/$1".*.classes 2>/dev/null | sed -e '/ source: /d' -e 's/ id: [0-9]*$//' |
        awk '!seen[$0]++' >"$work/$1.classes"
    linking=
    [ "$java_version" -lt 24 ] || linking=-XX:+AOTClassLinking
    # shellcheck disable=SC2086 # lists of words
    if in_place "$java" $flags $linking -Xshare:dump -XX:SharedClassListFile="$work/$1.classes" \
        -XX:SharedArchiveFile="$work/$1.archive" -cp "$path" >>"$work/log" 2>&1 && [ -s "$work/$1.archive" ]; then
        cp "$work/$1.archive" "$lib/$1.archive.new"
        chmod 0644 "$lib/$1.archive.new"
        mv -f "$lib/$1.archive.new" "$lib/$1.archive"
    else
        rm -f "$lib/$1.archive"
        say "No class-data archive could be made for $1; it works without, and starts a little slower."
    fi
}

uninstall() {
    [ -e "$manifest" ] || {
        say "Nothing of Racker is installed under '$root'."
        return
    }
    cp "$manifest" "$work/manifest"
    grep -v '/$' "$work/manifest" | while read -r file; do
        rm -f "$DESTDIR$file"
    done
    # Those that we made, the deepest first, unless somebody else has put something there since.
    grep '/$' "$work/manifest" | sort -r | while read -r directory; do
        rmdir "$DESTDIR$directory" 2>/dev/null || true
    done
    say "Removed Racker from '$root'. Packages and images stay; images are in /var/lib/postroj."
}

[ -n "$dry_run" ] || writable
work=$(mktemp -d "${TMPDIR:-/tmp}/racker-install.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

if [ "$action" = uninstall ]; then
    [ -z "$dry_run" ] || misuse "Tried to try out --uninstall, but --dry-run knows nothing of it."
    uninstall
    exit 0
fi
[ -z "$packages" ] || bring_packages
if [ -n "$dry_run" ]; then
    say "Would then build Racker and install it under '$root'."
    exit 0
fi
find_jdk || fail "Tried to find a JDK of version 17 or newer, but there is none (a runtime alone has no compiler)." \
    "Set JAVA_HOME to one, or run install.sh as root without --no-packages."
command -v mvn >/dev/null || fail "Tried to find Maven, but 'mvn' is not on PATH. Install it."
fingerprint=$(fingerprint)
if [ -e "$lib/fingerprint" ] && [ "$(cat "$lib/fingerprint")" = "$fingerprint" ]; then
    say "Racker is installed under '$root' and up to date."
    exit 0
fi
build
stage
put_in_place
train racker dev.racker.cli.Racker postroj-cli-
train postroj dev.racker.postroj.Postroj racker-cli-
cp "$work/stage/lib/racker/fingerprint" "$lib/fingerprint"
say "Installed racker and postroj under '$root'."
case ":$PATH:" in
*":$PREFIX/bin:"*) ;;
*) say "Note that '$PREFIX/bin' is not on PATH." ;;
esac
