package org.keptnative.configuration;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** Dependencies point one way: endpoint, logic, store. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.keptnative.configuration");

    @Test
    void only_endpoints_and_what_surrounds_them_know_jax_rs() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Endpoint")
                .and()
                .doNotHaveSimpleName("PlacePath") // the parameters of endpoints
                .and()
                .haveSimpleNameNotStartingWith("Secret") // and their client
                .and()
                .resideOutsideOfPackages("..admission..", "..error..", "..event..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ws.rs..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching("org.keptnative.configuration.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }
}
