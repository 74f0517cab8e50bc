package dev.racker.harness.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.acquire.RegistryException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts are what skopeo 1.9.3 printed (captured), and 1.14 to 1.18 by their source. */
class SkopeoFailureTest {

    private static final String NAME = "Error parsing image name \\\"docker://h:1/tls/unauthorized:x\\\": ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "UNREACHABLE|no such host|pinging container registry r.io: Get \\\"https://r.io/v2/\\\": dial tcp: lookup r.io on 192.0.2.1:53: no such host",
                "UNREACHABLE|connection refused|pinging container registry 127.0.0.1:1: Get \\\"https://127.0.0.1:1/v2/\\\": dial tcp 127.0.0.1:1: connect: connection refused",
                "UNREACHABLE|i/o timeout|pinging container registry r.io: Get \\\"https://r.io/v2/\\\": dial tcp 192.0.2.1:443: i/o timeout",
                "UNREACHABLE|no route to host|pinging container registry r.io: Get \\\"https://r.io/v2/\\\": dial tcp 192.0.2.1:443: connect: no route to host",
                "UNREACHABLE|network is unreachable|pinging container registry r.io: Get \\\"https://r.io/v2/\\\": dial tcp 192.0.2.1:443: connect: network is unreachable",
                "UNREACHABLE|server misbehaving|pinging container registry r.io: Get \\\"https://r.io/v2/\\\": dial tcp: lookup r.io on 192.0.2.1:53: server misbehaving",
                "UNREACHABLE|no answer in time|pinging container registry r.io: Get \\\"http://r.io/v2/\\\": context deadline exceeded",
                "UNREACHABLE||pinging container registry r.io: Get \\\"https://r.io/v2/\\\": net/http: TLS handshake timeout",
                "UNREACHABLE||pinging container registry r.io: Get \\\"https://r.io/v2/\\\": read tcp 192.0.2.9:5->192.0.2.1:443: read: connection reset by peer",
                "OTHER|no answer in time|pinging container registry 127.0.0.1:5056: context deadline exceeded",
                "TLS||pinging container registry 127.0.0.1:5057: Get \\\"https://127.0.0.1:5057/v2/\\\": x509: certificate signed by unknown authority",
                "TLS||pinging container registry 127.0.0.1:5058: Get \\\"https://127.0.0.1:5058/v2/\\\": x509: cannot validate certificate for 127.0.0.1 because it doesn't contain any IP SANs",
                "TLS||pinging container registry r.io: Get \\\"https://r.io/v2/\\\": tls: failed to verify certificate: x509: certificate signed by unknown authority",
                "TLS||pinging container registry 127.0.0.1:5055: Get \\\"https://127.0.0.1:5055/v2/\\\": http: server gave HTTP response to HTTPS client",
                "UNAUTHORIZED||reading manifest bw in 127.0.0.1:5059/library/debian: unauthorized: authentication required",
                "UNAUTHORIZED||reading manifest x in docker.io/library/nope: errors:\\ndenied: requested access to the resource is denied\\nunauthorized: authentication required\\n",
                "UNAUTHORIZED||pinging container registry 127.0.0.1:5056: invalid status code from registry 403 (Forbidden)",
                "UNAUTHORIZED||unable to retrieve auth token: invalid username/password: unauthorized: incorrect username or password",
                "NOT_FOUND||reading manifest nope in 127.0.0.1:5055/library/debian: manifest unknown: manifest unknown",
                "NOT_FOUND||reading manifest latest in r.io/x: name unknown: The repository is not known",
                "NOT_FOUND||pinging container registry 127.0.0.1:5056: invalid status code from registry 404 (Not Found)",
                "NOT_FOUND||pinging container registry 127.0.0.1:18081: StatusCode: 404, \\\"<!DOCTYPE HTML>\\n<html lang=...\\\"",
                "UNAUTHORIZED||pinging container registry 127.0.0.1:18081: StatusCode: 403, \\\"\\\"",
                "PLATFORM_MISSING||choosing image instance: no image found in image index for architecture arm64, variant \\\"v8\\\", OS linux",
                "PLATFORM_MISSING||choosing image instance: no image found in manifest list for architecture s390x, variant \\\"\\\", OS linux",
                "OTHER||pinging container registry 127.0.0.1:5056: invalid status code from registry 500 (Internal Server Error)",
                "OTHER||getting username and password: 1 error occurred:\\n\\t* reading JSON file \\\"badauth\\\": unexpected end of JSON input\\n\\n",
            })
    void skopeos_last_line_tells_the_kind(Kind kind, String reason, String text) {
        SkopeoFailure failure =
                SkopeoFailure.of("time=\"2026-11-22T06:19:20Z\" level=fatal msg=\"" + NAME + text + "\"\n");

        assertEquals(kind, failure.kind(), failure.reason());
        if (reason != null) {
            assertEquals(reason, failure.reason());
        }
    }

    @Test
    void newer_words_around_the_cause_change_nothing() {
        assertEquals(
                new SkopeoFailure(Kind.UNREACHABLE, "no such host"),
                SkopeoFailure.of(
                        "Getting image source signatures\nFATA[0000] initializing source docker://r.io/x:y: pinging container registry r.io: Get \"https://r.io/v2/\": dial tcp: lookup r.io: no such host\n"));
    }

    @Test
    void only_what_cannot_be_reached_may_come_from_elsewhere() {
        for (Kind kind : Kind.values()) {
            assertEquals(kind == Kind.UNREACHABLE, new RegistryException(kind, "", "m", null, null).isUnreachable());
        }
    }

    @Test
    void each_failure_quotes_the_image_and_names_a_remedy() {
        RegistryException tls = RegistryFailures.of(
                "docker://h:1/r:t",
                "level=fatal msg=\"Error parsing image name \\\"docker://h:1/r:t\\\": pinging container registry h:1: Get \\\"https://h:1/v2/\\\": http: server gave HTTP response to HTTPS client\"");
        RegistryException login = RegistryFailures.of(
                "docker://h:1/r:t",
                "time=\"x\" level=fatal msg=\"reading manifest t in h:1/r: unauthorized: authentication required\"");

        RegistryException file = RegistryFailures.of(
                "docker://h:1/r:t",
                "time=\"x\" level=fatal msg=\"getting username and password: reading JSON file \\\"/a\\\": unexpected end\"");

        assertTrue(file.hint().orElseThrow().contains("--authfile"), file.hint().orElseThrow());
        assertTrue(tls.getMessage().contains("h:1/r:t"), tls.getMessage());
        assertTrue(tls.hint().orElseThrow().contains("--tls-verify=false"));
        assertTrue(login.getMessage().contains("h:1/r:t"), login.getMessage());
        assertTrue(login.hint().orElseThrow().contains("racker login h:1"));
    }

    @Test
    void a_blob_that_is_not_what_its_digest_says_is_told_as_damaged() {
        RegistryException failure = RegistryFailures.of(
                "docker://h:1/r:t",
                "time=\"x\" level=fatal msg=\"writing blob: happened during read: Digest did not match, expected sha256:a,"
                        + " got sha256:b\"");

        assertTrue(
                failure.getMessage().startsWith("Tried to get h:1/r:t, but a part of it is damaged (writing blob: "),
                failure.getMessage());
        assertTrue(failure.hint().orElseThrow().startsWith("Pull it again"));
    }
}
