package dev.racker.harness.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class JunitReportTest {

    static java.util.List<RunReport> samples() {
        return java.util.List.of(
                SampleReports.matrix(),
                SampleReports.green(),
                SampleReports.interrupted(),
                SampleReports.empty(),
                SampleReports.hostile(),
                SampleReports.wide());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void every_run_is_valid(RunReport report) throws Exception {
        validate(Written.junit(report));
    }

    @Test
    void the_schema_notices_what_readers_would_not_take() throws Exception {
        String good = Written.junit(SampleReports.green());

        assertThrows(SAXException.class, () -> validate(good.replaceFirst("time=\"[0-9.]+\"", "time=\"1E3\"")));
        assertThrows(SAXException.class, () -> validate(good.replace("name=\"reinstall\"", "name=\"install\"")));
        assertThrows(SAXException.class, () -> validate(good.replace("<properties>", "<properties><a/>")));
    }

    @Test
    void failures_errors_and_skips_are_told_apart_and_counted() throws Exception {
        Document document = document(Written.junit(SampleReports.matrix()));

        for (String image : new String[] {"debian-bullseye", "debian-bookworm", "debian-trixie", "debian-sid"}) {
            String suite = "//testsuite[@name='" + image + "']";
            for (String[] kind :
                    new String[][] {{"failures", "failure"}, {"errors", "error"}, {"skipped", "skipped"}}) {
                assertEquals(
                        number(document, "count(" + suite + "/testcase/" + kind[1] + ")"),
                        number(document, "number(" + suite + "/@" + kind[0] + ")"),
                        image + " " + kind[0]);
            }
            assertEquals(
                    number(document, "count(" + suite + "/testcase)"),
                    number(document, "number(" + suite + "/@tests)"));
        }
        assertEquals(1, number(document, "count(//error)"));
        assertEquals(4 + 1, number(document, "count(//failure)"), "one cell has two bad checks");
    }

    @Test
    void a_failure_says_why_and_carries_its_evidence_once() throws Exception {
        Document document = document(Written.junit(SampleReports.matrix()));
        String cell = "//testcase[@classname='debian-sid.nginx']";
        String check = cell + "[@name='install: unit nginx.service ActiveState']";

        assertEquals(
                "expected active, was failed (Result: exit-code, status 1/FAILURE)",
                string(document, check + "/failure/@message"));
        assertTrue(string(document, check + "/failure").contains("Diagnosis: Another program already listens"));
        assertTrue(string(document, check + "/failure").contains("bind() to 0.0.0.0:80 failed"));
        assertTrue(string(document, check + "/system-err").contains("--- Listening sockets ---"));
        assertEquals(1, number(document, "count(" + cell + "/system-err)"));
        assertTrue(string(document, cell + "[@name='install']/system-out").startsWith("# apt-get install -y nginx\n"));
    }

    @Test
    void characters_that_xml_does_not_know_are_gone() throws Exception {
        Document document = document(Written.junit(SampleReports.hostile()));
        String log = string(document, "(//system-out)[1]");

        assertTrue(log.contains("</script></style><img src=x onerror=alert(1)>&amp;\"'<!-- ]]> red"), log);
        assertTrue(log.contains("lone  high, lone  low, pair \ud83d\ude00"), log);
        assertEquals(-1, log.indexOf('\u001b'));
    }

    @Test
    void huge_logs_stay_below_the_size_that_readers_take() throws IOException {
        int length = Written.junit(SampleReports.large(20, 2_000_000)).length();
        assertTrue(length < 20 * 3.1 * JunitReport.LONGEST_TEXT, "was " + length);
    }

    private static void validate(String xml) throws Exception {
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        Validator validator = factory.newSchema(JunitReportTest.class.getResource("junit.xsd"))
                .newValidator();
        validator.validate(new StreamSource(new StringReader(xml)));
    }

    private static Document document(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static int number(Document document, String path) throws Exception {
        return XPathFactory.newInstance().newXPath().evaluateExpression(path, document, Integer.class);
    }

    private static String string(Document document, String path) throws Exception {
        return XPathFactory.newInstance().newXPath().evaluateExpression(path, document, String.class);
    }
}
