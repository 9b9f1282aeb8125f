package org.keptnative.api;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** Dependencies point one way: endpoint, logic, store. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.keptnative.api");

    @Test
    void only_endpoints_and_error_mappers_know_jax_rs() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Endpoint")
                .and()
                .resideOutsideOfPackages("..error..", "..client..", "..admission..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ws.rs..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching("org.keptnative.api.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    /** What it may lose is said at {@code Once}, which does the same. */
    @Test
    void nothing_is_memoized() {
        noClasses().should().callMethod(Uni.class, "memoize").check(CLASSES);
    }
}
