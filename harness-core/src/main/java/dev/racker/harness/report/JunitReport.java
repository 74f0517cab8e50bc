package dev.racker.harness.report;

import dev.racker.harness.probe.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The result record as JUnit XML, in the part of the dialect that Jenkins (JUnit and xUnit plugin) and GitLab agree on.
 *
 * <p>One {@code testsuite} for each image; in it a {@code testcase} for each deed (boot, install, ...) and each check
 * after it. {@code classname} is image and subject with a dot between, which Jenkins shows as package and class.
 * {@link Verdict#FAIL} is a {@code failure}, {@link Verdict#ERROR} an {@code error}. The log of a deed is its {@code
 * system-out}; the diagnosis and the evidence of a cell are the {@code system-err} of the first case that went wrong.
 * Logs are cut in the middle when they are longer than {@value #LONGEST_TEXT} characters (of deeds that passed: a tenth of
 * that), because readers limit the size of the file.
 */
public final class JunitReport {

    /** How many characters of one log are written. */
    static final int LONGEST_TEXT = 100_000;

    /**
     * Writes the document; the writer is flushed, not closed.
     *
     * @throws IOException when the writer fails
     */
    public void write(RunReport report, Writer out) throws IOException {
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            suites(new Elements(xml), report);
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException e) {
            throw e.getNestedException() instanceof IOException failure ? failure : new IOException(e);
        }
        out.write('\n');
        out.flush();
    }

    private static void suites(Elements xml, RunReport report) throws XMLStreamException {
        xml.start("testsuites").attribute("name", report.title());
        List<TestPoint> all = TestPoint.of(report.cells());
        counts(xml, all, report.duration());
        List<String> images = report.images();
        for (int i = 0; i < images.size(); i++) {
            suite(xml, report, images.get(i), i, all);
        }
        xml.end();
    }

    private static void suite(Elements xml, RunReport report, String image, int id, List<TestPoint> all)
            throws XMLStreamException {
        List<TestPoint> points =
                all.stream().filter(point -> point.cell().image().equals(image)).toList();
        Duration duration = report.cells().stream()
                .filter(cell -> cell.image().equals(image))
                .map(CellReport::duration)
                .reduce(Duration.ZERO, Duration::plus);
        xml.start("testsuite").attribute("name", image).attribute("id", String.valueOf(id));
        counts(xml, points, duration);
        xml.attribute("skipped", count(points, Verdict.SKIPPED)).attribute("timestamp", time(report.started()));
        xml.start("properties");
        property(xml, "commandLine", ShellWords.join(report.commandLine()));
        property(xml, "host", report.host());
        property(xml, "version", report.version());
        property(xml, "interrupted", String.valueOf(report.interrupted()));
        xml.end();
        for (TestPoint point : points) {
            testCase(xml, point);
        }
        xml.end();
    }

    private static void counts(Elements xml, List<TestPoint> points, Duration duration) throws XMLStreamException {
        xml.attribute("tests", String.valueOf(points.size()))
                .attribute("failures", count(points, Verdict.FAIL))
                .attribute("errors", count(points, Verdict.ERROR))
                .attribute("time", Durations.seconds(duration).toPlainString());
    }

    private static String count(List<TestPoint> points, Verdict verdict) {
        return String.valueOf(
                points.stream().filter(point -> point.verdict() == verdict).count());
    }

    private static void property(Elements xml, String name, String value) throws XMLStreamException {
        xml.start("property").attribute("name", name).attribute("value", value).end();
    }

    private static void testCase(Elements xml, TestPoint point) throws XMLStreamException {
        CellReport cell = point.cell();
        xml.start("testcase")
                .attribute("classname", className(cell.image()) + "." + className(cell.subject()))
                .attribute("name", point.name())
                .attribute("time", Durations.seconds(point.duration()).toPlainString());
        switch (point.verdict()) {
            case PASS -> {} // says nothing more
            case FAIL -> outcome(xml, "failure", point);
            case ERROR -> outcome(xml, "error", point);
            case SKIPPED ->
                xml.start("skipped").attribute("message", point.message()).end();
        }
        if (point.check() == null && point.step() != null) {
            xml.element("system-out", deedText(point.step()));
        }
        if (point.isCulprit()) {
            xml.element("system-err", evidence(cell));
        }
        xml.end();
    }

    /** GitLab shows the text and not the attribute, Jenkins both: so the text starts with the message. */
    private static void outcome(Elements xml, String element, TestPoint point) throws XMLStreamException {
        StringBuilder text = new StringBuilder(point.message()).append('\n');
        if (point.isCulprit() && !point.cell().diagnosis().isEmpty()) {
            text.append("\nDiagnosis: ").append(point.cell().diagnosis()).append('\n');
        }
        if (point.check() != null && !point.check().detail().isEmpty()) {
            text.append('\n').append(PlainText.cut(point.check().detail(), LONGEST_TEXT));
        }
        xml.start(element)
                .attribute(
                        "type", point.check() == null ? "step" : point.check().kind())
                .attribute("message", point.message())
                .text(text.toString())
                .end();
    }

    private static String deedText(StepReport step) {
        if (step.command().isEmpty()) {
            return step.log();
        }
        int limit = step.verdict().isBad() ? LONGEST_TEXT : LONGEST_TEXT / 10;
        return "# " + step.command() + "\n" + PlainText.cut(step.log(), limit) + "\n[exit status " + step.status()
                + "]\n";
    }

    private static String evidence(CellReport cell) {
        StringBuilder text = new StringBuilder();
        if (!cell.diagnosis().isEmpty()) {
            text.append("Diagnosis: ").append(cell.diagnosis()).append("\n\n");
        }
        for (Evidence evidence : cell.evidence()) {
            text.append("--- ").append(evidence.title()).append(" ---\n");
            text.append(PlainText.cut(evidence.text(), LONGEST_TEXT)).append("\n\n");
        }
        return text.toString();
    }

    /** Jenkins splits at dots, and makes links of it. */
    private static String className(String name) {
        return name.replace('.', '_').replace('/', '_');
    }

    /** The form without a zone is the only one that all readers take; it is UTC. */
    private static String time(Instant instant) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT)
                .format(instant.atOffset(ZoneOffset.UTC));
    }

    /** Writes elements whose texts are all made plain first. */
    private static final class Elements {
        private static final int LONGEST_ATTRIBUTE = 2000;

        private final XMLStreamWriter xml;
        private int depth;
        private boolean parent;

        Elements(XMLStreamWriter xml) {
            this.xml = xml;
        }

        Elements start(String name) throws XMLStreamException {
            indent();
            xml.writeStartElement(name);
            depth++;
            parent = false;
            return this;
        }

        Elements attribute(String name, String value) throws XMLStreamException {
            xml.writeAttribute(name, PlainText.line(value, LONGEST_ATTRIBUTE));
            return this;
        }

        Elements text(String text) throws XMLStreamException {
            xml.writeCharacters(PlainText.of(text));
            return this;
        }

        void end() throws XMLStreamException {
            depth--;
            if (parent) {
                indent();
            }
            xml.writeEndElement();
            parent = true;
        }

        void element(String name, String text) throws XMLStreamException {
            if (!text.isBlank()) {
                start(name).text(text).end();
            }
        }

        private void indent() throws XMLStreamException {
            xml.writeCharacters("\n" + "  ".repeat(depth));
        }
    }
}
