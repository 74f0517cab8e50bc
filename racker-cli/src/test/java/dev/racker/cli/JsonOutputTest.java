package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonOutputTest {

    @Test
    void a_tree_is_one_line_in_the_order_of_its_keys() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("z", 1);
        tree.put("a", Arrays.asList(true, null, 24684096000L, Map.of()));
        tree.put("text", "a \"quote\",\na line, \u001b and \u00e9");
        assertEquals(
                "{\"z\":1,\"a\":[true,null,24684096000,{}],\"text\":\"a \\\"quote\\\",\\na line, \\u001B and \u00e9\"}\n",
                printed(tree));
    }

    @Test
    void other_values_are_written_as_their_text() {
        assertEquals("[\"SOURCE\"]\n", printed(List.of(java.lang.annotation.RetentionPolicy.SOURCE)));
    }

    private static String printed(Object tree) {
        StringWriter text = new StringWriter();
        JsonOutput.print(new PrintWriter(text), tree);
        return text.toString();
    }
}
