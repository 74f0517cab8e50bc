# Does once for an image what each of its machines would do at each of its boots: what systemd does when /usr is newer than
# the marks in /etc and /var, and sets the marks. See ConditionNeedsUpdate= in systemd.unit(5), and
# systemd-update-done.service(8). Only functions: what runs them says `update_done` after them.
#
# An image with a unit of its own that waits for updates, or with a change to one of systemd's, is left as it is.
root=${root-}

update_done() {
    units=$root/usr/lib/systemd/system
    [ -d "$units" ] || units=$root/lib/systemd/system
    mark=${units%/system}/systemd-update-done
    [ -x "$mark" ] || return 0
    waiting=$(waiting_units) || return
    for unit in $waiting; do
        is_as_systemd_has_it "${unit##*/}" && [ "${unit%/*}" = "$units" ] || return 0
    done
    for unit in $waiting; do
        if [ -e "$units/sysinit.target.wants/${unit##*/}" ]; then
            update "${unit##*/}" || return
        fi
    done
    "$mark"
}

# grep(1) ends with 1 when it finds nothing, and with 2 when one of the files is missing; names of units hold no spaces.
waiting_units() {
    grep -ls '^ConditionNeedsUpdate=' "$units"/*.service \
        "$root"/usr/local/lib/systemd/system/*.service "$root"/etc/systemd/system/*.service
    [ $? -le 2 ]
}

is_as_systemd_has_it() {
    for directory in "$units" "$root/usr/local/lib/systemd/system" "$root/etc/systemd/system"; do
        [ ! -e "$directory/$1.d" ] || return
    done
    # A unit that is masked is a link to nowhere.
    [ ! -e "$root/etc/systemd/system/$1" ] && [ ! -L "$root/etc/systemd/system/$1" ] || return
    case $1 in
    ldconfig.service | systemd-hwdb-update.service | systemd-journal-catalog-update.service | \
        systemd-sysusers.service | systemd-update-done.service) ;;
    *) return 1 ;;
    esac
}

update() {
    case $1 in
    ldconfig.service) ldconfig -X ;;
    systemd-journal-catalog-update.service) journalctl --update-catalog ;;
    systemd-sysusers.service) systemd-sysusers ;;
    systemd-hwdb-update.service)
        # The conditions of the unit: what packages have compiled is enough, unless somebody has added to it.
        if [ ! -e "$root/usr/lib/udev/hwdb.bin" ] || [ -e "$root/etc/udev/hwdb.bin" ] ||
            [ -n "$(ls -A "$root/etc/udev/hwdb.d" 2>/dev/null)" ]; then
            systemd-hwdb update
        fi
        ;;
    esac
}
