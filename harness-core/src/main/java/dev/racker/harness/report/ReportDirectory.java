package dev.racker.harness.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A directory with a run in all forms: {@code index.html}, {@code report.json}, {@code junit.xml}, {@code report.tap}. */
public final class ReportDirectory {

    /** The page for people. */
    public static final String PAGE = "index.html";

    private ReportDirectory() {}

    /**
     * Makes the directory and tries whether it can be written to, so that a long run does not end without its reports.
     *
     * @throws UnwritableReportException when it cannot
     */
    public static void prepare(Path directory) {
        try {
            make(directory);
            Path trial = temporary(directory, "trial");
            Files.createFile(trial);
            Files.delete(trial);
        } catch (IOException e) {
            throw failure(directory, e);
        }
    }

    /**
     * Writes all four files; the directory is made when it is missing. Each file replaces an older one whole, and none
     * does when one of them cannot be written.
     *
     * @return the page for people
     * @throws UnwritableReportException when one cannot be written
     */
    public static Path write(RunReport report, Path directory) {
        Map<Path, Path> written = new LinkedHashMap<>();
        try {
            make(directory);
            file(written, directory, "report.json", out -> new JsonReport().write(report, out));
            file(written, directory, "junit.xml", out -> new JunitReport().write(report, out));
            file(written, directory, "report.tap", out -> new TapReport().write(report, out));
            file(written, directory, PAGE, out -> new HtmlReport().write(report, out));
            for (Map.Entry<Path, Path> each : written.entrySet()) {
                Files.move(each.getKey(), each.getValue(), StandardCopyOption.ATOMIC_MOVE);
            }
            return directory.resolve(PAGE);
        } catch (IOException e) {
            UnwritableReportException failure = failure(directory, e);
            remove(written, failure);
            throw failure;
        }
    }

    private static void make(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) { // the JDK before 19 takes a link to a directory for something else
            Files.createDirectories(directory);
        }
    }

    private static void file(Map<Path, Path> written, Path directory, String name, Content content) throws IOException {
        Path temporary = temporary(directory, name);
        written.put(temporary, directory.resolve(name));
        try (BufferedWriter out = Files.newBufferedWriter(
                temporary, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.writeTo(out);
        }
    }

    private static Path temporary(Path directory, String name) {
        return directory.resolve("." + name + "." + UUID.randomUUID());
    }

    private static void remove(Map<Path, Path> written, UnwritableReportException failure) {
        for (Path temporary : written.keySet()) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
    }

    /** Says it in words: the JDK tells the reason only as a class or as the text of strerror(3). */
    static UnwritableReportException failure(Path directory, IOException e) {
        String problem = problem(directory, e);
        String hint = problem.contains("No space left") || problem.contains("quota")
                ? "Free some space there, or name another directory."
                : "Name a directory that can be written to.";
        return new UnwritableReportException(
                "Tried to write the reports to '" + directory + "', but " + problem + ".", hint, e);
    }

    private static String problem(Path directory, IOException e) {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            return "that is a file";
        }
        for (Path above = directory.toAbsolutePath(); above != null; above = above.getParent()) {
            if (Files.exists(above) && !Files.isDirectory(above)) {
                return "'" + above + "' is a file";
            }
        }
        Path at = e instanceof FileSystemException failure && failure.getFile() != null
                ? Path.of(failure.getFile())
                : directory;
        if (e instanceof AccessDeniedException) {
            return "permission was denied for '" + shown(directory, at) + "'";
        }
        if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
            return "'" + shown(directory, at) + "' is no directory";
        }
        String reason = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        return reason == null ? "'" + shown(directory, at) + "' cannot be made" : reason;
    }

    /** Our temporary names say nothing to anybody. */
    private static Path shown(Path directory, Path at) {
        return at.getFileName() != null
                        && at.getFileName().toString().startsWith(".")
                        && directory.equals(at.getParent())
                ? directory
                : at;
    }

    /** What goes into one file. */
    @FunctionalInterface
    private interface Content {
        void writeTo(Writer out) throws IOException;
    }
}
