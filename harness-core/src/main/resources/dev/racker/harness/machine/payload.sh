# Runs the payload of a machine that outlives whoever started it, and ends the machine with it.
#
#   sh payload.sh RUN CONTAINER LEADER FAREWELL STREAMS COMMAND [ARGUMENT...]
#
# RUN        directory of the machine's runtime state; the exit status is written to its file "status"
# CONTAINER  directory of the container
# LEADER     process id of the machine's init
# FAREWELL   seconds that the machine has to halt once the payload has ended; 0 when it is killed at once
# STREAMS    pipes, or terminal
# COMMAND    enters the machine and runs the payload there
#
# File descriptor 9 is a fifo that ends when the machine has.
set -u
run=$1 container=$2 leader=$3 farewell=$4 streams=$5
shift 5

input=/dev/null
[ -p "$run/stdin" ] && input=$run/stdin
feeder=
if [ -p "$run/input" ]; then
    # What the first writer writes is all; the fifo is open for both for as long as opening it for one would wait.
    exec 4<>"$run/input" 5>"$run/input" 3<"$run/input"
    setpriv --pdeathsig KILL cat -- "$run/stdin" >&5 3<&- 4<&- 5>&- 9<&- &
    feeder=$!
    exec 4<&- 5>&-
fi
if [ "$streams" = terminal ]; then
    sh "$run/terminal.sh" <>"$input" 9<&-
elif [ -n "$feeder" ]; then
    "$@" <&3 >"$run/stdout" 2>"$run/stderr" 3<&- 9<&-
else
    # Open for writing too, or the payload would find the end of its input as long as nobody is attached.
    "$@" <>"$input" >"$run/stdout" 2>"$run/stderr" 9<&-
fi
echo $? >"$run/status"
[ -z "$feeder" ] || kill -KILL "$feeder" 2>/dev/null

if [ "$farewell" -gt 0 ]; then
    # systemd(1), "Signals": SIGRTMIN+3 halts, which ends a container.
    env kill -s RTMIN+3 "$leader"
    timeout "$farewell" sh -c 'read -r _ <&9'
fi
kill -s KILL "$leader" 2>/dev/null
exit 0
