# Starts a payload inside a machine with programs of the host alone, or says why that cannot be and ends as docker does.
#
#   start MANNER DIRECTORY PATH PROGRAM COMMAND...
#
# MANNER     first: 3 becomes standard error, and 4 is told that systemd-nspawn is through
#            terminal: 4 is told that
#            beside: no file descriptors but the usual ones
# DIRECTORY  working directory; made when it is missing
# PATH       where PROGRAM is looked for when it holds no slash
# PROGRAM    what is going to be executed in the end
# COMMAND    what to execute now
set -uf
manner=$1 directory=$2 path=$3 program=$4
shift 4
case $manner in
    first)
        exec 2>&3 3>&-
        echo >&4
        exec 4>&-
        ;;
    terminal)
        exec 3>&-
        echo >&4
        exec 4>&-
        ;;
esac

fail() {
    status=$1
    shift
    echo "racker: $*" >&2
    exit "$status"
}

tools=/dev/racker
cd -- "$directory" 2>/dev/null || {
    "$tools/ld.so" --library-path "$tools" "$tools/mkdir" -p -- "$directory" 2>/dev/null
    cd -- "$directory" 2>/dev/null || {
        why='no directory, and none can be made there'
        [ -d "$directory" ] && why='permission denied'
        fail 125 "cannot enter '$directory' in the machine: $why"
    }
}

found=$program
case $program in
    */*) ;;
    *)
        IFS=:
        for place in $path; do
            found=${place:-.}/$program
            [ -f "$found" ] && [ -x "$found" ] && break
            found=
        done
        unset IFS
        ;;
esac
if [ -z "$found" ] || ! [ -e "$found" ]; then
    fail 127 "cannot find '$program' in the machine: no such file, and none of that name on its PATH"
elif ! [ -x "$found" ] || [ -d "$found" ]; then
    fail 126 "cannot execute '$program' in the machine: permission denied"
fi
exec "$@"
