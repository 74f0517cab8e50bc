package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users and groups are found as docker finds them. */
class GuestAccountsTest {

    private static final String PASSWD = """
            root:x:0:0:root:/root:/bin/sh
            # a comment
            broken
            nan:x:one:1::/:
            app:x:1000:1001:App:/srv/app:/bin/sh
            second:x:1000:7:App:/second:/bin/sh
            42:x:43:44::/named-by-a-number:
            homeless:x:9:9:::
            """;
    private static final String GROUP = """
            root:x:0:
            video:x:44:app,other
            app:x:1001:app
            adm:x:4:root,app
            short:x:5
            """;

    private final GuestAccounts accounts = GuestAccounts.parse(PASSWD, GROUP);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "''            | 0     | 0     | 4         | /root",
                "root          | 0     | 0     | 4         | /root",
                "app           | 1000  | 1001  | 44 1001 4 | /srv/app",
                "1000          | 1000  | 1001  | 44 1001 4 | /srv/app",
                "second        | 1000  | 7     | -         | /second",
                "42            | 43    | 44    | -         | /named-by-a-number",
                "homeless      | 9     | 9     | -         | /",
                "65532         | 65532 | 0     | -         | /",
                "65532:65532   | 65532 | 65532 | -         | /",
                "app:video     | 1000  | 44    | -         | /srv/app",
                "app:44        | 1000  | 44    | -         | /srv/app",
                ":video        | 0     | 44    | -         | /root",
                "app:short     | 1000  | 5     | -         | /srv/app",
                "2147483647    | 2147483647 | 0 | -        | /"
            })
    void a_user_is_found_by_name_or_number(String user, int uid, int gid, String groups, String home) {
        List<Integer> all = groups == null
                ? List.of()
                : List.of(groups.split(" ")).stream().map(Integer::valueOf).toList();

        assertEquals(new GuestIds(uid, gid, all, home), accounts.find(user, List.of()));
    }

    @Test
    void more_groups_are_added_once() {
        assertEquals(
                List.of(44, 1001, 4, 5, 77),
                accounts.find("app", List.of("video", "5", "short", "77")).groups());
    }

    @ParameterizedTest
    @CsvSource({
        "nope, 'user \"nope\"'",
        "app:nope, 'group \"nope\"'",
        "2147483648, 'user \"2147483648\"'",
        "-1, 'user \"-1\"'",
        "99999999999, 'user \"99999999999\"'"
    })
    void what_is_not_known_and_no_number_is_quoted(String user, String quoted) {
        HarnessException failure = assertThrows(HarnessException.class, () -> accounts.find(user, List.of()));

        assertEquals(
                "Tried to run a payload as " + quoted + ", but the image has no such "
                        + quoted.substring(0, quoted.indexOf(' ')) + ".",
                failure.getMessage());
    }

    @Test
    void an_image_without_the_files_knows_numbers_only(@TempDir Path root) throws IOException {
        GuestAccounts none = GuestAccounts.read(path -> Optional.empty());
        GuestAccounts odd = GuestAccounts.read(path -> Optional.of(root)); // a directory

        assertEquals(new GuestIds(0, 0, List.of(), "/"), none.find("", List.of()));
        assertEquals(new GuestIds(5, 6, List.of(7), "/"), odd.find("5:6", List.of("7")));
        assertThrows(HarnessException.class, () -> none.find("root", List.of()));
    }

    @Test
    void bytes_that_are_no_text_do_not_matter(@TempDir Path root) throws IOException {
        Path file = Files.write(
                root.resolve("passwd"),
                new byte[] {(byte) 0xff, ':', '\n', 'a', ':', ':', '1', ':', '2', ':', ':', '/', ':'});

        assertEquals(
                1,
                GuestAccounts.read(path -> Optional.of(file))
                        .find("a", List.of())
                        .uid());
    }
}
