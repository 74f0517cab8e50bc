# Calls a command again and again that tells whether what runs in a machine works.
#
#   sh health.sh RUN INTERVAL TIMEOUT RETRIES START OFTEN COMMAND [ARGUMENT...]
#
# RUN       directory of the machine's runtime state. Its file "health" gets three lines: starting, healthy or unhealthy;
#           the failures in a row; the exit status of the last call. "health.output" gets what that said
# INTERVAL  seconds from the end of one call to the next
# TIMEOUT   seconds after which a call has failed
# RETRIES   failures in a row that make the machine unhealthy
# START     seconds in which failures do not count
# OFTEN     seconds from the end of one call to the next in that time, until one has succeeded
# COMMAND   enters the machine and runs the check there
#
# File descriptor 9 is a fifo that ends when the machine has.
set -u
run=$1 interval=$2 timeout=$3 retries=$4 start=$5 often=$6
shift 6

health=starting failures=0
tell() {
    printf '%s\n%s\n%s\n' "$health" "$failures" "$1" >"$run/health.new" && mv "$run/health.new" "$run/health"
}
tell 0

told=$health
event() {
    [ -e "$run/event" ] || return
    { read -r _ events && IFS= read -r about; } <"$run/event"
    printf '%s\tcontainer\t%s\t%s\n' "$(date +%s%N)" "$1" "$about" >>"$events"
}
born=$(date +%s)

starts() {
    [ "$health" = starting ] && [ $(($(date +%s) - born)) -lt "${start%.*}" ]
}

pause() {
    if starts; then
        echo "$often"
    else
        echo "$interval"
    fi
}

# timeout(1) ends with 124 when it has ended the command: the machine is still there.
while timeout "$(pause)" sh -c 'read -r _ <&9'; [ $? = 124 ]; do
    timeout --kill-after=1 "$timeout" "$@" </dev/null >"$run/health.output" 2>&1 9<&-
    status=$?
    if [ "$status" = 0 ]; then
        health=healthy failures=0
    elif ! starts; then
        failures=$((failures + 1))
        [ "$failures" -lt "$retries" ] || health=unhealthy
    fi
    [ "$health" = "$told" ] || event "health_status: $health"
    told=$health
    tell "$status"
done 2>/dev/null
exit 0
