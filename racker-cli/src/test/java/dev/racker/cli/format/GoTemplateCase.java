package dev.racker.cli.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.json.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** Templates of Go, rendered with one document. */
abstract class GoTemplateCase {

    static final JsonNode DATA = Json.tree("""
            {"Id":"4bf1e7","Name":"web","Running":true,"Dead":false,"Pid":42,"Zero":0,"Load":0.25,"Big":1e21,"Tiny":1e-7,
             "Nothing":null,"Empty":"",
             "Args":["nginx","-g","daemon off;"],"None":[],
             "Config":{"Image":"debian:12","Labels":{"b":"2","a":"1","com.example.tier":"front"},"NoLabels":{}},
             "Ports":{"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"}],"443/tcp":null},
             "Labels":"a=1,com.example.tier=front"}
            """.getBytes(StandardCharsets.UTF_8));

    static void check(String template, String expected) {
        if (expected.startsWith("!")) {
            TemplateException failure = assertThrows(TemplateException.class, () -> render(template));
            assertTrue(failure.getMessage().endsWith("but " + expected.substring(1) + "."), failure.getMessage());
        } else {
            assertEquals(expected, render(template));
        }
    }

    static String render(String template) {
        return GoTemplate.parse(template).render(DATA);
    }
}
