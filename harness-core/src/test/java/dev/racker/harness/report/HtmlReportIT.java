package dev.racker.harness.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens the page in a real browser. */
class HtmlReportIT {

    @TempDir
    Path temporary;

    /** The document after its scripts have run. */
    private String browse(Path page) throws IOException {
        Path home = Files.createDirectories(temporary.resolve("home"));
        Command chromium = Command.of(
                        "chromium",
                        "--headless",
                        "--no-sandbox", // the browser refuses to be root with it
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + home.resolve("profile"),
                        "--virtual-time-budget=5000",
                        "--dump-dom",
                        page.toUri().toString())
                .env("HOME", home.toString())
                .env("TMPDIR", home.toString())
                .timeout(Duration.ofMinutes(1));
        return new CommandRunner().run(chromium).text();
    }

    @Test
    void the_script_works_under_the_policy_of_the_page_and_no_text_of_a_machine_does() throws IOException {
        String page = browse(ReportDirectory.write(SampleReports.hostile(), temporary.resolve("out")));

        assertTrue(page.contains("<table class=\"matrix\""), page);
        assertTrue(page.contains("id=\"controls\""), "no controls");
        assertFalse(page.contains("hidden=\"hidden\""), "the script has not shown its controls");
        assertFalse(page.contains("<img"), "a log became markup");
    }

    @Test
    void the_page_fits_into_320_pixels_and_its_style_is_taken() throws IOException {
        String html = Written.html(SampleReports.matrix());
        String measured = html.replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "")
                .replace(
                        "</body>",
                        "<script>const root = document.documentElement; parent.postMessage('too wide by ' + (root.scrollWidth - root.clientWidth) + ', skip link '"
                                + " + getComputedStyle(document.querySelector('.skip')).position, '*')</script></body>");
        Files.writeString(temporary.resolve("page.html"), measured);
        Path frame = Files.writeString(
                temporary.resolve("frame.html"),
                "<!DOCTYPE html><title>none</title><script>onmessage = e => { document.title = e.data }</script>"
                        + "<iframe src=\"page.html\" style=\"width: 320px; height: 800px; border: 0\"></iframe>");

        String title = browse(frame).replaceFirst("(?s).*<title>(.*?)</title>.*", "$1");

        assertEquals("too wide by 0, skip link absolute", title);
    }
}
