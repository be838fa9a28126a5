package io.github.flux4j.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the room may know, of the classes that are in its jar. */
class SparkArchitectureTest {

    private static final JavaClasses JAR = new ClassFileImporter().importPath(Path.of("target/flux4j-spark/classes"));

    @Test
    void usesNoEngineAndNoCommand() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.github.flux4j.internal.dl4j..",
                        "io.github.flux4j.internal.lean..",
                        "io.github.flux4j.cli..",
                        "io.github.flux4j.engine..",
                        "org.bytedeco..",
                        "org.deeplearning4j..")
                .check(JAR);
    }

    @Test
    void publicTypesAreFew() {
        assertThat(JAR.stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(JavaClass::isTopLevelClass)
                        .map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder("FluxRegressor", "FluxClassifier", "FluxModel", "Groups", "SparkFolds");
    }
}
