package dev.racker.cli.manual;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Writes the manual pages and completions of programs: {@code Manual DIRECTORY CLASS...}.
 *
 * <p>Each class has a public static method {@code commandLine()}. The directory gets what belongs under
 * {@code PREFIX/share}: {@code man/man1}, {@code bash-completion/completions}, {@code zsh/site-functions} and {@code
 * fish/vendor_completions.d}.
 */
public final class Manual {
    private final Path share;

    /** Takes the directory that stands for {@code PREFIX/share}. */
    public Manual(Path share) {
        this.share = share;
    }

    /** Writes everything about one program. */
    public void write(CommandSpec program) throws IOException {
        String name = program.name();
        writePages(program);
        put("bash-completion/completions/" + name, new BashCompletion().of(program));
        put("zsh/site-functions/_" + name, new ZshCompletion().of(program));
        put("fish/vendor_completions.d/" + name + ".fish", new FishCompletion().of(program));
    }

    private void writePages(CommandSpec command) throws IOException {
        put("man/man1/" + ManualPage.name(command) + ".1", new ManualPage(command).text());
        for (CommandSpec child : Commands.children(command)) {
            writePages(child);
        }
    }

    private void put(String path, String text) throws IOException {
        Path file = share.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Writes manual pages and completions; used by the installer. */
    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        if (args.length < 2) {
            throw new IllegalArgumentException("expected a directory and the main classes of programs");
        }
        Manual manual = new Manual(Path.of(args[0]));
        for (int i = 1; i < args.length; i++) {
            manual.write(program(args[i]));
        }
    }

    private static CommandSpec program(String className) throws ReflectiveOperationException {
        try {
            CommandLine line = (CommandLine)
                    Class.forName(className).getMethod("commandLine").invoke(null);
            return line.getCommandSpec();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("Tried to build the command line of '" + className + "'.", e.getCause());
        }
    }
}
