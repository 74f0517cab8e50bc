package dev.racker.cli.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What templates of Go become. */
class GoTemplateTest extends GoTemplateCase {

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\u0001',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "plain } text { ~ plain } text {",
                "{{.Name}} ~ web",
                "a{{.Name}}b{{ .Config.Image }}c ~ awebbdebian:12c",
                "{{$.Name}} ~ web",
                "{{.Pid}} {{.Load}} {{.Big}} {{.Tiny}} {{.Running}} ~ 42 0.25 1e+21 1e-07 true",
                "{{.Args}} ~ [nginx -g daemon off;]",
                "{{.Config.Labels}} ~ map[a:1 b:2 com.example.tier:front]",
                "{{.Ports}} ~ map[443/tcp:<nil> 80/tcp:[{0.0.0.0 8080}]]",
                "{{.Nothing}} ~ <nil>",
                "{{.Config.Labels.a}} ~ 1",
                "{{.Config.Labels.nope}} ~ <no value>",
                "{{.Config.NoLabels.nope}} ~ <no value>",
                "{{(index .Ports \"80/tcp\").x}}{{/* never read */}} ~ !there is no field .x in a list",
            })
    void fields_are_written_as_go_writes_them(String template, String expected) {
        check(template, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\u0001',
            value = {
                "{{json .Args}} ~ [\"nginx\",\"-g\",\"daemon off;\"]",
                "{{.Config.Labels | json}} ~ {\"b\":\"2\",\"a\":\"1\",\"com.example.tier\":\"front\"}",
                "{{json .Name}}{{json .Pid}}{{json .Nothing}} ~ \"web\"42null",
                "{{index .Args 1}} ~ -g",
                "{{index .Config.Labels \"com.example.tier\"}} ~ front",
                "[{{index .Config.Labels \"nope\"}}] ~ []",
                "{{(index (index .Ports \"80/tcp\") 0).HostPort}} ~ 8080",
                "{{index .Ports \"80/tcp\" 0 \"HostIp\"}} ~ 0.0.0.0",
                "{{len .Args}} {{len .Name}} {{len .Ports}} {{len .None}} {{len .Nothing}} ~ 3 3 2 0 0",
                "{{join .Args \"+\"}} ~ nginx+-g+daemon off;",
                "{{join (split .Config.Image \":\") \"/\"}} ~ debian/12",
                "{{upper .Name}} {{.Name | title}} {{\"ABC\" | lower}} ~ WEB Web abc",
                "{{title \"two words-here\"}} ~ Two Words-Here",
                "{{truncate .Id 3}} {{truncate .Id 99}} {{slice .Id 1 3}} ~ 4bf 4bf1e7 bf",
                "{{slice .Args 1}} ~ [-g daemon off;]",
                "[{{pad .Name 1 2}}] ~ [ web  ]",
                "{{print .Name 1 2 \"x\" true false}} ~ web1 2x" + "true false",
                "{{html \"<a&'b'>\"}} {{urlquery \"a b/c\"}} ~ &lt;a&amp;&#39;b&#39;&gt; a+b%2Fc",
                "{{len \"\u00e9\"}} ~ 2",
            })
    void functions_do_what_docker_says(String template, String expected) {
        check(template, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\u0001',
            value = {
                "{{if .Running}}up{{end}} ~ up",
                "{{if .Dead}}dead{{else}}alive{{end}} ~ alive",
                "{{if .Dead}}1{{else if eq .Pid 42}}2{{else}}3{{end}} ~ 2",
                "{{if .Dead}}1{{else if .Zero}}2{{else if .Empty}}3{{else}}4{{end}}5 ~ 45",
                "{{if .None}}y{{else}}n{{end}}{{if .Nothing}}y{{else}}n{{end}}{{if .Config.NoLabels}}y{{else}}n{{end}} ~ nnn",
                "{{if .Config.Labels.nope}}y{{else}}n{{end}} ~ n",
                "{{with .Config}}{{.Image}} {{$.Name}}{{end}} ~ debian:12 web",
                "{{with .Nothing}}y{{else}}{{.Name}}{{end}} ~ web",
                "{{with $c := .Config}}{{$c.Image}}{{end}} ~ debian:12",
                "{{range .Args}}<{{.}}>{{end}} ~ <nginx><-g><daemon off;>",
                "{{range $i, $a := .Args}}{{$i}}={{$a}};{{end}} ~ 0=nginx;1=-g;2=daemon off;;",
                "{{range $k, $v := .Config.Labels}}{{$k}}={{$v}} {{end}}. ~ a=1 b=2 com.example.tier=front .",
                "{{range $v := .Config.Labels}}{{$v}}{{end}} ~ 12front",
                "{{range .None}}x{{else}}none{{end}} ~ none",
                "{{range .Nothing}}x{{else}}none{{end}} ~ none",
                "{{range 3}}{{.}}{{end}} ~ 012",
                "{{range $i, $a := .Args}}{{if eq $i 1}}{{continue}}{{end}}{{$i}}{{end}} ~ 02",
                "{{range $i, $a := .Args}}{{if eq $i 1}}{{break}}{{end}}{{$i}}{{end}} ~ 0",
                "{{range $p, $b := .Ports}}{{$p}}{{range $b}}->{{.HostPort}}{{end}} {{end}}. ~ 443/tcp 80/tcp->8080 .",
                "{{$x := 1}}{{range .Args}}{{$x = .}}{{end}}{{$x}} ~ daemon off;",
                "{{$x := 1}}{{if true}}{{$x := 2}}{{$x}}{{end}}{{$x}} ~ 21",
            })
    void blocks_choose_and_repeat(String template, String expected) {
        check(template, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\u0001',
            value = {
                "{{eq .Name \"web\"}} {{eq .Name \"x\" \"web\"}} {{ne .Pid 42}} ~ true true false",
                "{{lt .Pid 43}} {{le .Pid 42}} {{gt .Pid 42}} {{ge .Load 0.25}} {{lt \"a\" \"b\"}} ~ true true false true true",
                "{{and .Running .Name}} {{and .Dead .Name}} {{or .Empty .Name}} {{or .Zero .Empty}}. ~ web false web .",
                "{{and .Nothing .Nothing.Deep}} ~ <nil>",
                "{{not .Running}} {{not .None}} ~ false true",
                "{{eq .Nothing nil}} {{eq .Running true}} ~ true true",
                "{{if and (eq .Name \"web\") (or .Dead (gt .Pid 1))}}yes{{end}} ~ yes",
            })
    void comparisons_and_logic(String template, String expected) {
        check(template, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\u0001',
            value = {
                "{{printf \"%s|%v|%q|%d|%t|%%\" .Name .Args .Name .Pid .Running}} ~ web|[nginx -g daemon off;]|\"web\"|42|true|%",
                "{{printf \"|%5d|%-5d|%05d|%+d\" .Pid .Pid .Pid .Pid}} ~ |   42|42   |00042|+42",
                "{{printf \"|%6s|%-6s|%.2s\" .Name .Name .Name}} ~ |   web|web   |we",
                "{{printf \"%x %X %o %b %c\" 255 255 8 5 65}} {{printf \"%x\" \"hi\"}} ~ ff FF 10 101 A 6869",
                "{{printf \"%.2f %f %g\" .Load .Load .Load}} ~ 0.25 0.250000 0.25",
                "> {{printf \"%d\" \"hi\"}} {{printf \"%s\" 1}} {{printf \"%d\"}} ~ > %!d(string=hi) %!s(int=1) %!d(MISSING)",
                "{{printf \"x\" 1 \"a\"}} ~ x%!(EXTRA int=1, string=a)",
                "{{.Name | printf \"%s-%s\" \"a\"}} ~ a-web",
                "{{\"%T\" | print}} {{printf \"%T\" .Pid}} ~ %T int",
            })
    void printf_formats_as_go_does(String template, String expected) {
        check(template, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\u0001',
            value = {
                "{{\"a\\tb\\\"c\\\\\"}} ~ a\tb\"c\\",
                "{{`raw \\t text`}} ~ raw \\t text",
                "{{\"\\x41\\u00e9\\U0001F600\"}} ~ A\u00e9\ud83d\ude00",
                "{{1}} {{-2}} {{+3}} {{0x1F}} {{0b101}} {{1_000}} {{1.5}} {{.5}} {{1e3}} ~ 1 -2 3 31 5 1000 1.5 0.5 1000",
                "{{'a'}} {{true}} {{false}} ~ 97 true false",
            })
    void literals_are_go_s(String template, String expected) {
        check(template, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\u0001',
            value = {
                "a {{- .Name -}} b ~ awebb",
                "a {{- /* gone */ -}} b ~ ab",
                "a{{/* gone */}}b ~ ab",
                "{{range .Args -}} x {{- end}} ~ xxx",
                "{{- 3 -}} ~ 3",
                "{{-3}} ~ -3",
                "{{.Name}}\\t{{.Pid}} ~ web\t42",
                "{{  .Name  |  upper  }} ~ WEB",
                "{{(.Name)}}{{((.Config)).Image}} ~ webdebian:12",
            })
    void space_comments_and_escapes(String template, String expected) {
        check(template, expected);
    }

    @Test
    void a_line_end_can_be_written_and_the_dot_is_the_whole() {
        assertEquals("web\n42\n", render("{{.Name}}\\n{{.Pid}}\\n"));
        assertTrue(render("{{.}}").startsWith("{4bf1e7 web true false 42 0 0.25"), render("{{.}}"));
    }

    @Test
    void a_label_is_looked_up_in_a_row() {
        assertEquals("front", render("{{.Label \"com.example.tier\"}}"));
        assertEquals("", render("{{.Label \"tier\"}}"));
        assertEquals(
                "1",
                GoTemplate.parse("{{range .}}{{.Label \"a\"}}{{end}}")
                        .render(Json.tree("[{\"Labels\":{\"a\":\"1\"}}]".getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void it_can_be_rendered_again_and_again() {
        GoTemplate template = GoTemplate.parse("{{$n := .Pid}}{{$n}}");
        assertEquals("42", template.render(DATA));
        assertEquals("42", template.render(DATA));
        assertEquals("{{$n := .Pid}}{{$n}}", template.toString());
    }
}
