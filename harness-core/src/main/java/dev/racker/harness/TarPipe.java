package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Packs files with one GNU tar and unpacks them with another one, each where its side of the copy is. */
final class TarPipe {

    private static final Duration LONGEST = Duration.ofHours(6);

    /** GNU tar's status when a file has changed while it was read, which nobody can keep a guest from doing. */
    private static final int CHANGED = 1;

    private static final List<String> ATTRIBUTES = List.of(
            "--numeric-owner", "--acls", "--xattrs", "--xattrs-include=user.*", "--xattrs-include=security.capability");

    private final CommandRunner runner;

    TarPipe(CommandRunner runner) {
        this.runner = runner;
    }

    /** tar's arguments to pack what is called {@code name} in a directory as {@code newName}; a dot is the directory. */
    static List<String> pack(String directory, String name, String newName, boolean roots) {
        List<String> arguments = new ArrayList<>(List.of("tar", "--create", "--file=-", "--format=posix", "--sparse"));
        // By default the names of extended headers hold tar's process id.
        arguments.add("--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime");
        arguments.addAll(ATTRIBUTES);
        if (roots) {
            arguments.addAll(List.of("--owner=0", "--group=0"));
        }
        boolean whole = name.equals(".");
        if (!newName.equals(name) && !newName.isEmpty()) {
            // Names of members and targets of hard links, but not of symbolic ones.
            String from = whole ? "\\." : "\\./" + pattern(name);
            arguments.add("--transform=flags=rh;s,^" + from + "," + replacement(newName) + ",");
        } else if (!whole) {
            arguments.add("--transform=flags=rh;s,^\\./,,");
        }
        arguments.addAll(List.of("--no-unquote", "--directory=" + directory, "--", whole ? "." : "./" + name));
        return arguments;
    }

    /** tar's arguments to unpack into a directory; directories that are there stay as they are. */
    static List<String> unpack(String directory, boolean owners) {
        List<String> arguments = new ArrayList<>(List.of("tar", "--extract", "--file=-", "--no-overwrite-dir"));
        arguments.addAll(List.of("--same-permissions", "--warning=no-timestamp"));
        arguments.add(owners ? "--same-owner" : "--no-same-owner");
        arguments.addAll(ATTRIBUTES);
        arguments.add("--directory=" + directory);
        return arguments;
    }

    /** A sed expression's literal text. */
    private static String pattern(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            if ("\\.[]*^$,/".indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    private static String replacement(String text) {
        return text.replace("\\", "\\\\").replace("&", "\\&").replace(",", "\\,");
    }

    /** Runs one side alone. */
    void run(Command command, Input input, Output output, String what) {
        check(runner.run(command.expectAny().timeout(LONGEST).stdin(input).stdout(output)), CHANGED, what);
    }

    /** Runs both sides; {@code what} ends "Tried to". */
    void run(Command pack, Command unpack, String what) {
        try (RunningCommand reader =
                        runner.start(pack.expectAny().timeout(LONGEST).stdout(Output.pipe()));
                RunningCommand writer =
                        runner.start(unpack.expectAny().timeout(LONGEST).stdin(Input.pipe()))) {
            IOException broken = null;
            try (InputStream in = reader.stdout();
                    OutputStream out = writer.stdin()) {
                in.transferTo(out);
            } catch (IOException e) {
                broken = e;
            }
            // When one side has ended early, its own words say more than the broken pipe of the other.
            CommandResult written = writer.await();
            CommandResult read = reader.await();
            if (broken != null) {
                check(written, 0, what);
            }
            check(read, CHANGED, what);
            check(written, 0, what);
            if (broken != null) {
                throw new HarnessException("Tried to " + what + ", but: " + broken.getMessage() + ".", null, broken);
            }
        }
    }

    private static void check(CommandResult result, int worst, String what) {
        if (result.status() > worst) {
            throw new HarnessException("Tried to " + what + ", but tar said: " + result.errorText(), null);
        }
    }
}
