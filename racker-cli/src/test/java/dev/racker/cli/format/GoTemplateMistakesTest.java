package dev.racker.cli.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of templates that cannot be read or rendered. */
class GoTemplateMistakesTest extends GoTemplateCase {

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\u0001',
            value = {
                "{{.Name ~ an action is not closed",
                "{{.Name}} {{ ~ an action is not closed",
                "{{/* x }} ~ a comment is not closed",
                "{{/* x */ .A}} ~ a comment does not end its action",
                "{{if .Running}}x ~ {{if}} is not ended",
                "{{range .Args}}{{if .}}{{end}} ~ {{range}} is not ended",
                "x{{end}} ~ {{end}} has nothing to end",
                "{{else}} ~ {{else}} has nothing to belong to",
                "{{if .A}}{{else}}{{else}}{{end}} ~ {{if}} has two {{else}}",
                "{{range .A}}{{else}}{{else}}{{end}} ~ {{range}} has two {{else}}",
                "{{Name}} ~ there is no function \"Name\"",
                "{{.Name | uper}} ~ there is no function \"uper\"",
                "{{}} ~ a value is missing before the end of the action",
                "{{if}}{{end}} ~ a value is missing before the end of the action",
                "{{.Name | }} ~ a value is missing before the end of the action",
                "{{.Name .Pid}} ~ \".Name\" is no function and takes no argument",
                "{{1 | .Name}} ~ \".Name\" is no function and takes no argument",
                "{{$x}} ~ the variable $x has no value there",
                "{{$x = 1}} ~ the variable $x has no value there",
                "{{if true}}{{$x := 1}}{{end}}{{$x}} ~ the variable $x has no value there",
                "{{$a, $b := .Args}} ~ there are too many variables before \":=\"",
                "{{len}} ~ len takes 1 argument, and has 0",
                "{{join .Args}} ~ join takes 2 arguments, and has 1",
                "{{eq 1}} ~ eq takes at least 2 arguments, and has 1",
                "{{slice .Id 1 2 3}} ~ slice takes at most 3 arguments, and has 4",
                "{{and}} ~ and takes at least 1 argument, and has 0",
                "{{(len .Args}} ~ a bracket is not closed before the end of the action",
                "{{len .Args)}} ~ \")\" after a value cannot be read",
                "{{if .A .B}}{{end}} ~ \".A\" is no function and takes no argument",
                "{{\"abc}} ~ a text in it is not closed",
                "{{`abc}} ~ a text in it is not closed",
                "{{'ab'}} ~ 'ab' is not one character",
                "{{\"\\z\"}} ~ a text holds the unknown escape \\z",
                "{{\"\\xZZ\"}} ~ \"ZZ\" in an escape names no character",
                "{{1x}} ~ \"1x\" is no number",
                "{{99999999999999999999}} ~ \"99999999999999999999\" is no number",
                "{{0xFFFFFFFFFFFFFFFFF}} ~ \"0xFFFFFFFFFFFFFFFFF\" is no number",
                "{{.A & .B}} ~ '&' in it cannot be read",
                "{{.com-example}} ~ '-' cannot be part of a name",
                "{{template \"x\"}} ~ racker does not support {{template}}",
                "{{define \"x\"}}{{end}} ~ racker does not support {{define}}",
                "{{break}} ~ {{break}} stands outside of {{range}}",
            })
    void a_template_that_is_none_is_quoted_with_what_is_wrong(String template, String problem) {
        TemplateException failure = assertThrows(TemplateException.class, () -> GoTemplate.parse(template));
        assertEquals("Tried to read the template \"" + template + "\", but " + problem + ".", failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\u0001',
            value = {
                "{{.Nmae}} ~ there is no field .Nmae ~ Did you mean .Name?",
                "{{.Config.Xyzzy}} ~ there is no field .Xyzzy ~ There are: .Image, .Labels, .NoLabels.",
                "{{.name}} ~ there is no field .name ~ Did you mean .Name?",
                "{{.Name.First}} ~ there is no field .First in \"web\" ~ ",
                "{{.Nothing.Deep}} ~ there is no field .Deep in <nil> ~ ",
                "{{.Config.Labels.no.deeper}} ~ there is no field .deeper in <no value> ~ ",
                "{{index .Args 9}} ~ there is no element 9 in a list of 3 ~ ",
                "{{index .Args -1}} ~ there is no element -1 in a list of 3 ~ ",
                "{{index .Args \"x\"}} ~ index cannot look up \"x\" in a list ~ ",
                "{{index .Config 1}} ~ index cannot look up 1 in a map ~ ",
                "{{index (index .Ports \"1/tcp\") 0}} ~ there is no element 0 in a list of 0 ~ ",
                "{{range .Name}}{{end}} ~ range cannot go over \"web\" ~ ",
                "{{len 3}} ~ len cannot count 3 ~ ",
                "{{upper 3}} ~ upper takes a text, and not 3 ~ Make a text of it with print.",
                "{{join .Name \",\"}} ~ join takes a list, and not \"web\" ~ ",
                "{{truncate .Name -1}} ~ truncate takes a number of characters, and not -1 ~ ",
                "{{slice .Id 9 10}} ~ slice cannot give 9 to 10 of 6 ~ ",
                "{{eq .Pid \"42\"}} ~ 42 and \"42\" cannot be compared ~ Compare texts with texts (\"1\"), and numbers with numbers (1).",
                "{{lt .Args .Args}} ~ lt cannot compare a list ~ ",
            })
    void what_a_value_cannot_give_is_told_with_the_template(String template, String problem, String hint) {
        TemplateException failure = assertThrows(TemplateException.class, () -> render(template));
        assertEquals(
                "Tried to print with the template \"" + template + "\", but " + problem + ".", failure.getMessage());
        assertEquals(hint == null ? "" : hint, failure.hint().orElse(""));
    }

    @Test
    void a_template_is_quoted_in_one_line() {
        assertEquals(
                "Tried to read the template \"a\\nb\\t{{\", but an action is not closed.",
                assertThrows(TemplateException.class, () -> GoTemplate.parse("a\nb\t{{"))
                        .getMessage());
    }

    @Test
    void a_misspelt_function_is_suggested() {
        assertEquals(
                "Did you mean upper?",
                assertThrows(TemplateException.class, () -> GoTemplate.parse("{{uper .Name}}"))
                        .hint()
                        .orElseThrow());
    }
}
