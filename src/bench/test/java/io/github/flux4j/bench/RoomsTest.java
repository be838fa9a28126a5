package io.github.flux4j.bench;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The experiments' rooms, and who may know whom. */
class RoomsTest {

    private static final String BENCH = "io.github.flux4j.bench";

    @Test
    void eachRoomKnowsOnlyThoseBelow() {
        JavaClasses classes = new ClassFileImporter()
                .importPackages(BENCH)
                .that(com.tngtech.archunit.base.DescribedPredicate.describe("not of tests", RoomsTest::isNoTest));
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(BENCH + "..")
                .layer("baseline")
                .definedBy(BENCH + ".baseline..")
                .layer("contender")
                .definedBy(BENCH + ".contender", BENCH + ".peers")
                .layer("workload")
                .definedBy(BENCH + ".workload")
                .layer("harness")
                .definedBy(BENCH + ".harness..")
                .layer("report")
                .definedBy(BENCH + ".report")
                .layer("commands")
                .definedBy(BENCH)
                .whereLayer("commands")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("report")
                .mayOnlyBeAccessedByLayers("commands")
                .whereLayer("harness")
                .mayOnlyBeAccessedByLayers("commands", "report")
                .whereLayer("workload")
                .mayOnlyBeAccessedByLayers("commands", "report", "harness")
                .whereLayer("contender")
                .mayOnlyBeAccessedByLayers("commands", "report", "harness", "workload")
                .check(classes);
    }

    private static boolean isNoTest(JavaClass type) {
        String name = type.getName().replaceAll("\\$.*", "");
        return !name.endsWith("Test") && !name.contains(".Sample") || name.endsWith(".harness.Sample");
    }
}
