package dev.racker.harness.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {

    static List<RunReport> samples() {
        return List.of(
                SampleReports.matrix(),
                SampleReports.green(),
                SampleReports.interrupted(),
                SampleReports.empty(),
                SampleReports.hostile(),
                SampleReports.wide());
    }

    private static Document page(RunReport report) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(Written.html(report))));
    }

    private static List<Element> elements(Document page, String name) {
        NodeList found = page.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static List<Element> withClass(Document page, String name, String style) {
        return elements(page, name).stream()
                .filter(each -> List.of(each.getAttribute("class").split(" ")).contains(style))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void every_page_is_well_formed_and_needs_nothing_else(RunReport report) throws Exception {
        Document page = page(report);
        Set<String> anchors = new HashSet<>();
        List<String> links = new ArrayList<>();
        for (Element element : elements(page, "*")) {
            assertEquals("", element.getAttribute("src"), element.getTagName());
            assertEquals("", element.getAttribute("style"), "the policy lets no style attribute work");
            if (element.hasAttribute("id")) {
                assertTrue(anchors.add(element.getAttribute("id")), "twice: " + element.getAttribute("id"));
            }
            if (element.hasAttribute("href") && !element.getAttribute("rel").equals("icon")) {
                links.add(element.getAttribute("href"));
            }
            assertFalse(element.getTagName().matches("iframe|object|embed|img|base"), element.getTagName());
        }
        links.removeIf(link -> link.equals("#details")); // there is none when nothing was tried
        for (String link : links) {
            assertTrue(link.startsWith("#") && anchors.contains(link.substring(1)), "leads nowhere: " + link);
        }
        String style = elements(page, "style").get(0).getTextContent();
        assertFalse(style.contains("url(") || style.contains("@import"), "the style loads something");
        assertTrue(elements(page, "link").get(0).getAttribute("href").startsWith("data:"));
    }

    @Test
    void the_matrix_has_a_row_for_each_subject_and_a_column_for_each_image() throws Exception {
        Document page = page(SampleReports.matrix());
        Element matrix = withClass(page, "table", "matrix").get(0);

        List<String> words = new ArrayList<>();
        NodeList rows = matrix.getElementsByTagName("tr");
        for (int i = 0; i < rows.getLength(); i++) {
            StringBuilder row = new StringBuilder();
            NodeList verdicts = ((Element) rows.item(i)).getElementsByTagName("b");
            for (int j = 0; j < verdicts.getLength(); j++) {
                row.append(verdicts.item(j).getTextContent()).append(' ');
            }
            words.add(row.toString());
        }
        assertEquals(List.of("", "PASS PASS PASS FAIL ", "PASS PASS FAIL PASS ", "FAIL FAIL ERROR SKIPPED "), words);
        assertEquals(
                "Subjectdebian-bullseyedebian-bookwormdebian-trixiedebian-sid",
                rows.item(0).getTextContent().strip());
    }

    @Test
    void many_images_become_the_rows() throws Exception {
        Element matrix =
                withClass(page(SampleReports.wide()), "table", "matrix").get(0);
        assertEquals(
                "Imagenginx",
                matrix.getElementsByTagName("tr").item(0).getTextContent().strip());
        assertEquals(1 + 14, matrix.getElementsByTagName("tr").getLength());
    }

    @Test
    void a_bad_cell_is_open_and_a_good_one_folded() throws Exception {
        for (Element cell : withClass(page(SampleReports.matrix()), "article", "cell")) {
            Element details = (Element) cell.getElementsByTagName("details").item(0);
            boolean bad = cell.getAttribute("data-verdict").matches("fail|error");
            assertEquals(bad, details.hasAttribute("open"), cell.getAttribute("id"));
        }
    }

    @Test
    void a_failure_has_all_that_is_needed_to_understand_it() throws Exception {
        String cell = withClass(page(SampleReports.matrix()), "article", "cell")
                .get(3)
                .getTextContent();

        int before = 0;
        for (String text : List.of(
                "nginx on debian-sid",
                "Another program already listens on port 80",
                "ActiveState expected active, was failed",
                "probe-nginx-debian-sid",
                "# apt-get install -y nginx",
                "bind() to 0.0.0.0:80 failed",
                "Setting up nginx (1.22.1-9)",
                "systemctl status nginx.service",
                "Loaded: loaded",
                "Listening sockets",
                "Differences in files")) {
            int at = cell.indexOf(text, before);
            assertTrue(at >= 0, "missing or out of order: " + text);
            before = at;
        }
    }

    @Test
    void no_text_of_a_machine_becomes_markup() throws Exception {
        Document page = page(SampleReports.hostile());

        assertEquals(1, elements(page, "script").size());
        assertEquals(1, elements(page, "style").size());
        assertEquals(List.of(), elements(page, "img"));
        String text = page.getDocumentElement().getTextContent();
        assertTrue(text.contains("</script></style><img src=x onerror=alert(1)>&amp;\"'<!-- ]]> red"), "was changed");
        assertTrue(text.chars().noneMatch(c -> c < 0x20 && c != '\n' && c != '\t'), "control characters");
        assertTrue(text.contains("lone  high, lone  low, pair \ud83d\ude00"));
    }

    @Test
    void our_own_script_and_style_are_the_only_ones_that_may_run() throws Exception {
        String page = Written.html(SampleReports.green());
        for (String element : List.of("style", "script")) {
            int start = page.indexOf("<" + element + ">") + element.length() + 2;
            String content = page.substring(start, page.indexOf("</" + element + ">"));
            byte[] digest = java.security.MessageDigest.getInstance("SHA-256")
                    .digest(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            String hash = java.util.Base64.getEncoder().encodeToString(digest);
            assertTrue(page.contains(element + "-src 'sha256-" + hash + "'"), element);
            assertTrue(content.indexOf('<') < 0 && content.indexOf('&') < 0, element + " is XML, too");
        }
    }

    @Test
    void phases_add_up_to_the_cell() throws Exception {
        for (CellReport cell : SampleReports.matrix().cells()) {
            Duration sum = Phases.of(cell).values().stream().reduce(Duration.ZERO, Duration::plus);
            assertTrue(sum.minus(cell.duration()).abs().toMillis() <= 50, cell.subject() + " " + sum);
        }
        assertEquals(
                List.of("boot", "install", "reinstall", "remove", "purge", "checks", "other"),
                Phases.names(SampleReports.matrix()));
        assertEquals(11, withClass(page(SampleReports.matrix()), "svg", "bar").size(), "one was not run");
    }

    @Test
    void huge_logs_lose_their_middle_and_the_page_says_so() throws IOException {
        String page = Written.html(SampleReports.large(1, 10_000_000));

        assertTrue(page.length() < 3.2 * HtmlLogs.LARGE, "was " + page.length());
        assertTrue(page.contains("left out here; report.json has them all"));
        assertTrue(page.contains("lines</span>"), "the size of the whole log");
    }

    @Test
    void many_huge_logs_share_the_page() throws IOException {
        int length = Written.html(SampleReports.large(100, 60_000)).length();
        assertTrue(length < 1.3 * HtmlLogs.PAGE, "was " + length);
    }

    @Test
    void links_to_cells_stay_the_same_from_run_to_run() throws IOException {
        assertTrue(Written.html(SampleReports.matrix()).contains("id=\"cell-redis-server-debian-trixie\""));
    }
}
