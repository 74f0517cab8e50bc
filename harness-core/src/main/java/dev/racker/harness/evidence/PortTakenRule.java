package dev.racker.harness.evidence;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A service could not have its address: another process has it, and the table of sockets may say which. */
final class PortTakenRule implements Diagnosis.Rule {

    private static final Pattern TAKEN = Pattern.compile("(?i)address already in use");
    private static final Pattern PORT = Pattern.compile("(?::|[Pp]ort[ =:]+)(\\d{1,5})\\b(?!:)");
    private static final Pattern SOCKET = Pattern.compile("^(?:tcp|udp)\\s+\\S+\\s+\\S+:(\\d+)\\s+(\\S.*)$");
    /** journalctl(1): host, then name and number of the process. */
    private static final Pattern MESSAGE = Pattern.compile("^\\S+ +\\d+ \\S+ \\S+ [^\\[]+\\[\\d+\\]: (.*)$");

    @Override
    public Optional<Diagnosis> apply(Clues clues) {
        for (Map.Entry<String, List<String>> unit : clues.units().entrySet()) {
            for (String line : unit.getValue()) {
                if (TAKEN.matcher(line).find()) {
                    return Optional.of(diagnosis(unit.getKey(), line, clues));
                }
            }
        }
        return Optional.empty();
    }

    private static Diagnosis diagnosis(String unit, String line, Clues clues) {
        Matcher message = MESSAGE.matcher(line);
        Matcher port = PORT.matcher(message.find() ? message.group(1) : line);
        if (!port.find()) {
            return new Diagnosis(
                    unit + " needs an address that another process of the machine has already.",
                    Blame.SETUP,
                    line.strip());
        }
        String holder = holder(port.group(1), clues.sockets());
        return new Diagnosis(
                unit + " needs port " + port.group(1) + ", which "
                        + (holder.isEmpty() ? "another process of the machine" : holder) + " has already.",
                Blame.SETUP,
                line.strip());
    }

    private static String holder(String port, List<String> sockets) {
        for (String line : sockets) {
            Matcher socket = SOCKET.matcher(line);
            if (socket.find()
                    && socket.group(1).equals(port)
                    && !socket.group(2).equals("-")) {
                return socket.group(2).strip();
            }
        }
        return "";
    }
}
