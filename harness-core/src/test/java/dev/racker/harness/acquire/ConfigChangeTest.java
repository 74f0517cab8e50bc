package dev.racker.harness.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class ConfigChangeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\u0001',
            value = {
                "CMD [\"sh\", \"-c\", \"a b\"] ~ {\"Cmd\":[\"sh\",\"-c\",\"a b\"]}",
                "cmd echo hi ~ {\"Cmd\":[\"/bin/sh\",\"-c\",\"echo hi\"]}",
                "CMD=[\"sh\"] ~ {\"Cmd\":[\"sh\"]}",
                "CMD [1] ~ {\"Cmd\":[\"/bin/sh\",\"-c\",\"[1]\"]}",
                "ENTRYPOINT [\"/init\"] ~ {\"Entrypoint\":[\"/init\"]}",
                "ENV A=1 B=\"2 3\" C='4' ~ {\"Env\":[\"A=1\",\"B=2 3\",\"C=4\"]}",
                "ENV A one two ~ {\"Env\":[\"A=one two\"]}",
                "ENV A=b\\ c ~ {\"Env\":[\"A=b c\"]}",
                "EXPOSE 80 53/udp ~ {\"ExposedPorts\":{\"80/tcp\":{},\"53/udp\":{}}}",
                "HEALTHCHECK NONE ~ {\"Healthcheck\":{\"Test\":[\"NONE\"]}}",
                "HEALTHCHECK cmd test -e /a ~ {\"Healthcheck\":{\"Test\":[\"CMD-SHELL\",\"test -e /a\"]}}",
                "HEALTHCHECK --interval=1m30s --timeout=500ms --start-period=1s --start-interval=2s --retries=4 "
                        + "CMD [\"test\", \"-e\", \"/a b\"] ~ {\"Healthcheck\":{\"Interval\":90000000000,"
                        + "\"Timeout\":500000000,\"StartPeriod\":1000000000,\"StartInterval\":2000000000,\"Retries\":4,"
                        + "\"Test\":[\"CMD\",\"test\",\"-e\",\"/a b\"]}}",
                "LABEL a=1 b.c=\"x y\" ~ {\"Labels\":{\"a\":\"1\",\"b.c\":\"x y\"}}",
                "ONBUILD RUN true ~ {\"OnBuild\":[\"RUN true\"]}",
                "STOPSIGNAL SIGINT ~ {\"StopSignal\":\"SIGINT\"}",
                "USER 1000:1000 ~ {\"User\":\"1000:1000\"}",
                "VOLUME /a /b ~ {\"Volumes\":{\"/a\":{},\"/b\":{}}}",
                "VOLUME [\"/a b\"] ~ {\"Volumes\":{\"/a b\":{}}}",
                "WORKDIR /srv ~ {\"WorkingDir\":\"/srv\"}",
            })
    void an_instruction_changes_the_configuration(String text, String expected) {
        ObjectNode config = Json.mapper().createObjectNode();
        ConfigChange.parse(text).apply(config);
        assertEquals(expected, config.toString());
    }

    @Test
    void the_last_value_of_a_variable_counts() {
        ObjectNode config = Json.mapper().createObjectNode();
        List.of("ENV A=1", "ENV B=2", "ENV A=3")
                .forEach(text -> ConfigChange.parse(text).apply(config));
        assertEquals("{\"Env\":[\"A=3\",\"B=2\"]}", config.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\u0001',
            value = {
                "RUN true ~ it is no instruction that is known",
                "FROM x ~ it is no instruction that is known",
                "CMD: sh ~ it is no instruction that is known",
                "CMD ~ nothing follows CMD",
                "ENV A ~ \"A\" is not NAME=VALUE",
                "LABEL a b ~ \"a\" is not NAME=VALUE",
                "LABEL a=\"b ~ a quotation mark is not closed",
                "HEALTHCHECK test -e /a ~ it has neither CMD nor NONE",
                "HEALTHCHECK CMD ~ nothing follows CMD",
                "HEALTHCHECK NONE now ~ NONE stands alone",
                "HEALTHCHECK --retries=1 NONE ~ NONE stands alone",
                "HEALTHCHECK --retries=x CMD a ~ \"x\" is no number of failures",
                "HEALTHCHECK --retries=4294967295 CMD a ~ \"4294967295\" is no number of failures",
                "HEALTHCHECK --often=1s CMD a ~ --often is no option of it",
            })
    void what_is_no_change_is_quoted_before_anything_is_done(String text, String problem) {
        HarnessException failure = assertThrows(HarnessException.class, () -> ConfigChange.parse(text));
        assertTrue(failure.getMessage().contains(problem), failure.getMessage());
        assertTrue(failure.getMessage().contains(text), failure.getMessage());
    }

    @Test
    void a_time_that_no_program_of_go_could_read_is_none() {
        String text = "HEALTHCHECK --interval=9999999h CMD true";
        HarnessException failure = assertThrows(HarnessException.class, () -> ConfigChange.parse(text));
        assertTrue(failure.getMessage().contains("\"9999999h\", but that is no duration"), failure.getMessage());
    }
}
