# Decides whether a container that has ended is started again, and does it.
#
#   sh restart.sh CONTAINER PLANE ID POLICY RETRIES COMMAND [ARGUMENT...] STATUS
#
# CONTAINER  directory of the container. Its file "stopped" says that somebody has ended it; "restarts" counts the
#            restarts, "row" those in a row; "restarting" is there while one is waited for, with the process that waits
# PLANE      machined or direct
# ID         of the container
# POLICY     on-failure, always or unless-stopped
# RETRIES    how often in a row after a failure; 0 for any number
# COMMAND    starts the container
# STATUS     how it ended
set -u
container=$1 plane=$2 id=$3 policy=$4 retries=$5
shift 5
for status in "$@"; do :; done

[ ! -e "$container/stopped" ] || exit "$status"
[ "$policy" != on-failure ] || [ "$status" != 0 ] || exit "$status"
restarts=0
[ ! -e "$container/restarts" ] || read -r restarts <"$container/restarts"
# What has run for ten seconds has been started well, as docker has it: its waits begin anew.
lived=$(($(stat -c %Y "$container/ended") - $(stat -c %Y "$container/started")))
row=0
[ ! -e "$container/row" ] || read -r row <"$container/row"
[ "$lived" -lt 10 ] || row=0
if [ "$policy" = on-failure ] && [ "$retries" -gt 0 ] && [ "$row" -ge "$retries" ]; then
    exit "$status"
fi
echo $((row + 1)) >"$container/row"
echo $((restarts + 1)) >"$container/restarts"

# A tenth of a second, then twice as long each time, up to a minute.
wait=0.1
case $row in
    0) ;;
    1) wait=0.2 ;;
    2) wait=0.4 ;;
    3) wait=0.8 ;;
    4) wait=1.6 ;;
    5) wait=3.2 ;;
    6) wait=6.4 ;;
    7) wait=12.8 ;;
    8) wait=25.6 ;;
    9) wait=51.2 ;;
    *) wait=60 ;;
esac

# The last argument is the status and no part of the command.
count=$(($# - 1))
while [ "$count" -gt 0 ]; do
    argument=$1
    shift
    set -- "$@" "$argument"
    count=$((count - 1))
done
shift
echo $$ >"$container/restarting"
if [ "$plane" = machined ]; then
    exec systemd-run --quiet --collect --on-active="${wait}s" --timer-property=AccuracySec=10ms \
        --unit="racker-restart-$id" -- "$@"
fi
sleep "$wait"
[ ! -e "$container/stopped" ] || exit "$status"
exec "$@" </dev/null >/dev/null 2>&1
