package dev.racker.harness.report;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;

/** What a writer makes of a run. */
final class Written {

    private Written() {}

    static String json(RunReport report) throws IOException {
        return text(out -> new JsonReport().write(report, out));
    }

    static String junit(RunReport report) throws IOException {
        return text(out -> new JunitReport().write(report, out));
    }

    static String tap(RunReport report) throws IOException {
        return text(out -> new TapReport().write(report, out));
    }

    static String html(RunReport report) throws IOException {
        return text(out -> new HtmlReport().write(report, out));
    }

    private static String text(Writing writing) throws IOException {
        StringWriter out = new StringWriter();
        writing.to(out);
        return out.toString();
    }

    private interface Writing {
        void to(Writer out) throws IOException;
    }
}
