# Watches over a machine that is booted and waits until somebody claims it, see StandbyMachine.
#
#   sh standby.sh owner RUN             ends it when whoever has claimed it dies, unless the line "keep" came first
#   sh standby.sh expiry RUN SECONDS    ends it when nobody has claimed it for so long
#
# RUN/owner    fifo that is held open by whoever has claimed the machine. File descriptor 5 is open on it since before the
#              boot, so nothing is lost that is written to it
# RUN/standby  whoever removes this file has claimed the machine
# RUN/kept     a line written to this fifo ends the machine
#
# The kernel kills these two with the supervisor, and the supervisor kills them when the machine has ended.
set -u
run=$2
# A supervisor that was killed before these two had asked for that takes nobody with it.
supervisor=
read -r supervisor 2>/dev/null <"$run/supervisor"
[ "$supervisor" = "$PPID" ] || exit 0

await_release() {
    exec 5<>"$run/owner" 3<"$run/owner" 5<&-
    while read -r word <&3; do
        [ "$word" != keep ] || exit 0
    done
}

case $1 in
    owner)
        # Who claims opens the fifo and writes a line before removing the file, so nobody can die unseen in between.
        read -r _ <&5
        await_release
        # Somebody may have come just after the end was seen: then the file is gone, and the fifo is held again.
        rm "$run/standby" 2>/dev/null || await_release
        ;;
    expiry)
        exec 5<&-
        setpriv --pdeathsig KILL sleep "$3"
        rm "$run/standby" 2>/dev/null || exit 0
        ;;
esac
echo >"$run/kept"
