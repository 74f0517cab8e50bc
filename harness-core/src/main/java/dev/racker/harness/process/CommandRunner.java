package dev.racker.harness.process;

import dev.racker.harness.process.Command.WhenCancelled;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs other programs; the only place that does.
 *
 * <p>A child sees PATH, HOME, TERM, the proxy variables, XDG_RUNTIME_DIR, REGISTRY_AUTH_FILE and TMPDIR of this
 * process, {@code LANG=C.UTF-8}, and what its command sets; nothing else.
 */
public final class CommandRunner {

    private static final String[] PASSED_ON = {
        "PATH",
        "HOME",
        "TERM",
        "TMPDIR",
        "XDG_RUNTIME_DIR",
        "REGISTRY_AUTH_FILE",
        "http_proxy",
        "https_proxy",
        "no_proxy",
        "all_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "NO_PROXY",
        "ALL_PROXY",
        "SSL_CERT_FILE",
        "SSL_CERT_DIR"
    };

    private final Consumer<String> trace;
    private final Cancellation cancellation;

    /** Creates a runner that tells nobody what it runs. */
    public CommandRunner() {
        this(line -> {});
    }

    /** Creates a runner that hands each command, as a line that can be pasted into a shell, to {@code trace} first. */
    public CommandRunner(Consumer<String> trace) {
        this(trace, new Cancellation());
    }

    /** Creates a runner whose work another thread may give up. */
    public CommandRunner(Consumer<String> trace, Cancellation cancellation) {
        this.trace = trace;
        this.cancellation = cancellation;
    }

    /** By which another thread may give up what is run here. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /**
     * Runs a command to its end.
     *
     * @throws CommandException when it cannot be started, passes its deadline, or ends with an unexpected status
     */
    public CommandResult run(Command command) {
        try (RunningCommand running = start(command)) {
            CommandResult result = running.await();
            if (!command.expects(result.status())) {
                throw CommandException.status(command, result);
            }
            return result;
        }
    }

    /**
     * Starts a command and returns at once; closing the handle kills it when it still runs.
     *
     * @throws CommandException when it cannot be started
     * @throws CancelledException when the work is given up and the command is not for cleaning up
     */
    public RunningCommand start(Command command) {
        if (command.whenCancelled() != WhenCancelled.GO_ON) {
            cancellation.check();
        }
        trace.accept(command.toString());
        requireEncodable(command);
        try {
            RunningCommand running = RunningCommand.start(command, environment(command));
            running.heed(cancellation);
            return running;
        } catch (IOException e) {
            Path directory = command.directory();
            if (directory != null && !Files.isDirectory(directory)) {
                throw CommandException.io(command, new IOException(directory + " is no directory", e));
            }
            String text = String.valueOf(e.getMessage());
            if (text.contains("error=2,") || text.contains("No such file")) {
                throw CommandException.notFound(command, e);
            }
            throw CommandException.io(command, e);
        }
    }

    /** Java hands on a question mark for each character that this process's locale does not have. */
    private static void requireEncodable(Command command) {
        String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
        if (encoding.equals("UTF-8")) {
            return;
        }
        CharsetEncoder encoder = Charset.forName(encoding).newEncoder();
        for (String argument : command.arguments()) {
            if (!encoder.canEncode(argument)) {
                throw CommandException.notEncodable(command, encoding);
            }
        }
    }

    private static Map<String, String> environment(Command command) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String name : PASSED_ON) {
            String value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        environment.put("LANG", "C.UTF-8");
        environment.putAll(command.environment());
        return environment;
    }
}
