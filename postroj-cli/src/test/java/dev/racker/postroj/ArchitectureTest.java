package dev.racker.postroj;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds the package table of {@code doc/architecture.rst} against the code. */
class ArchitectureTest {
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.racker.postroj");

    @Test
    void the_command_lines_never_import_each_other() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.racker.cli..")
                .check(CODE);
    }

    @Test
    void programs_are_started_through_the_library() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.commons.exec..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .check(CODE);
    }
}
