package dev.racker.harness;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the package table of {@code doc/architecture.rst} against the code. */
class ArchitectureTest {
    private static final String ROOT = "dev.racker.harness";

    /** What each package may import, besides {@code error}, {@code progress} and itself. */
    private static final Map<String, Set<String>> TABLE = new TreeMap<>(Map.ofEntries(
            row("error"),
            row("progress"),
            row("console"),
            row("option"),
            row("process"),
            row("json"),
            row("host", "process"),
            row("image", "json"),
            row("store", "image", "json", "process"),
            row("overlay", "process"),
            row("distribution", "process", "machine", "overlay", "store", "acquire", "image"),
            row("acquire", "store", "image", "json", "process", "host"),
            row("network", "process", "host", "json", "store"),
            row("machine", "overlay", "network", "process", "host", "json"),
            row("probe", "machine", "process", "distribution", "console"),
            row("report", "probe", "json", "console"),
            row("evidence", "machine", "process", "overlay", "store", "distribution", "probe", "report")));

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static Map.Entry<String, Set<String>> row(String name, String... imports) {
        return Map.entry(name, Set.of(imports));
    }

    static Set<String> packages() {
        return TABLE.keySet();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void a_package_imports_only_what_its_row_names(String name) {
        var allowed = new ArrayList<String>();
        allowed.add(within(name));
        if (!name.equals("error") && !name.equals("progress")) {
            allowed.add(within("error"));
            allowed.add(within("progress"));
        }
        TABLE.get(name).forEach(imported -> allowed.add(within(imported)));

        noClasses()
                .that()
                .resideInAPackage(within(name))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(ROOT + "..").and(resideOutsideOfPackages(allowed.toArray(String[]::new))))
                .because("the row of '" + name + "' allows " + new TreeSet<>(TABLE.get(name)))
                .allowEmptyShould(true)
                .check(CODE);
    }

    @Test
    void packages_do_not_depend_on_each_other_in_circles() {
        SlicesRuleDefinition.slices()
                .matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CODE);
    }

    @Test
    void every_package_has_a_row() throws IOException {
        Path sources = Path.of("src", "main", "java", "dev", "racker", "harness");
        try (Stream<Path> children = Files.list(sources)) {
            List<String> unknown = children.filter(Files::isDirectory)
                    .map(directory -> directory.getFileName().toString())
                    .filter(name -> !TABLE.containsKey(name))
                    .sorted()
                    .toList();
            assertEquals(List.of(), unknown, "packages that the table does not know");
        }
    }

    @Test
    void picocli_stays_in_the_command_lines() {
        onlyIn("picocli..");
    }

    @Test
    void commons_exec_stays_behind_the_one_gate_to_programs() {
        onlyIn("org.apache.commons.exec..", within("process"));
    }

    @Test
    void java_starts_programs_only_behind_the_one_gate() {
        noClasses()
                .that()
                .resideOutsideOfPackage(within("process"))
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .orShould()
                .callMethod(Runtime.class, "exec", String[].class)
                .orShould()
                .callMethod(Runtime.class, "exec", String.class)
                .check(CODE);
    }

    @Test
    void okhttp_stays_where_http_is_spoken() {
        onlyIn("okhttp3..", within("acquire"), within("probe"));
    }

    @Test
    void the_library_knows_no_command_line() {
        noClasses()
                .that(alwaysTrue())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.racker.images..", "dev.racker.cli..", "dev.racker.postroj..")
                .check(CODE);
    }

    @Test
    void the_library_neither_prints_nor_exits() {
        noClasses().should().callMethod(System.class, "exit", int.class).check(CODE);
        noClasses().should().accessField(System.class, "out").check(CODE);
        noClasses().should().accessField(System.class, "err").check(CODE);
    }

    private static void onlyIn(String library, String... packages) {
        classes()
                .that(resideOutsideOfPackages(packages))
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackages(library))
                .check(CODE);
    }

    private static String within(String name) {
        return ROOT + "." + name + "..";
    }
}
