package dev.racker.harness.machine;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs a payload as the child of a shell inside, which gives the exit statuses that docker gives: 126, 127, 128 + n.
 *
 * <p>systemd tells neither which signal ended a service nor, through systemd-run, a death by SIGTERM from success;
 * systemd-nspawn gives 255 for every signal. The shell's own messages, such as "Terminated", are dropped; the payload
 * keeps the real standard error. In a subshell, because dash redirects a plain command's streams in itself too.
 */
public final class PayloadShell {

    /** Before {@link #SCRIPT} when the first argument is the directory to run it in, which the payload's user may enter. */
    static final String ENTERING = """
            cd -- "$1" 2>/dev/null || {
                why='no directory, and none can be made there'
                [ -d "$1" ] && why='permission denied'
                echo "racker: cannot enter '$1' in the machine: $why" >&2
                exit 125
            }
            unset OLDPWD
            shift
            """;

    static final String SCRIPT = """
            trap : HUP INT QUIT USR1 USR2 ALRM TERM
            exec 3>&2 2>/dev/null
            program=$1
            case $1 in
                */*) ;;
                *)
                    IFS=:
                    for directory in $PATH; do
                        program=$directory/$1
                        [ -f "$program" ] && break
                    done
                    unset IFS
                    ;;
            esac
            if ! [ -e "$program" ]; then
                echo "racker: cannot find '$1' in the machine: no such file, and none of that name on its PATH" >&3
                exit 127
            elif ! [ -x "$program" ] || [ -d "$program" ]; then
                echo "racker: cannot execute '$1' in the machine: permission denied" >&3
                exit 126
            fi
            shift
            (exec "$program" "$@" 2>&3 3>&-)
            exit $?
            """;

    private PayloadShell() {}

    /** The command line that runs another one in this way; needs {@code /bin/sh} in the machine. */
    public static List<String> around(List<String> command) {
        List<String> arguments = new ArrayList<>(command.size() + 4);
        arguments.addAll(List.of("/bin/sh", "-c", SCRIPT, "sh"));
        arguments.addAll(command);
        return arguments;
    }
}
