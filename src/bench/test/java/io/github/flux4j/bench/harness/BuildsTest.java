package io.github.flux4j.bench.harness;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.flux4j.Flux4j;
import io.github.flux4j.data.Batch;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.losses.Loss;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.optimise.Adam;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.optimise.Params;
import io.github.flux4j.optimise.Rule;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process is given that times this tree or another commit. */
class BuildsTest {

    private static final String BENCH = "io.github.flux4j.bench..";

    private static final JavaClasses HARNESS = new ClassFileImporter()
            .importPackages(
                    "io.github.flux4j.bench.workload",
                    "io.github.flux4j.bench.contender",
                    "io.github.flux4j.bench.baseline")
            .that(not(inTests()));

    @TempDir
    Path folder;

    private static DescribedPredicate<JavaClass> inTests() {
        return DescribedPredicate.describe(
                "of tests", type -> type.getName().replaceAll("\\$.*", "").endsWith("Test"));
    }

    private static DescribedPredicate<JavaClass> callers() {
        return DescribedPredicate.describe(
                "callers of flux4j",
                type -> Builds.CALLERS.contains(type.getSimpleName().replaceAll("\\$.*", ""))
                        || Builds.CALLERS.stream()
                                .anyMatch(name -> type.getName().contains("." + name + "$")));
    }

    /** Never timed against another commit. */
    private static DescribedPredicate<JavaClass> ofThisTreeAlone() {
        return DescribedPredicate.describe(
                "callers of this tree's flux4j alone",
                type -> type.getName().startsWith("io.github.flux4j.bench.contender.OnnxSession"));
    }

    /** What calls flux4j elsewhere would be linked to this tree's classes, and fail with another commit's. */
    @Test
    void onlyTheCallersKnowFlux4j() {
        noClasses()
                .that(not(callers()))
                .and(not(ofThisTreeAlone()))
                .should()
                .dependOnClassesThat(resideInAPackage("io.github.flux4j..").and(not(resideInAPackage(BENCH))))
                .check(HARNESS);
    }

    /** Those of the article and of today's style, which no commit will lack; rooms behind them may be moved. */
    @Test
    void theCallersKnowOnlyFlux4jsWords() {
        classes()
                .that(callers())
                .should()
                .onlyDependOnClassesThat(belongToAnyOf(
                                Flux4j.class,
                                Layer.class,
                                Dense.class,
                                Activation.class,
                                Loss.class,
                                LossFunction.class,
                                Optimiser.class,
                                Rule.class,
                                Adam.class,
                                Params.class,
                                Batch.class)
                        .or(resideInAnyPackage(BENCH, "java..", "org.nd4j..")))
                .check(HARNESS);
    }

    @Test
    void theCallersAreCompiledAgainstTheClassesGiven() throws Exception {
        Builds.compileCallers(folder, System.getProperty("java.class.path"));
        assertThat(folder.resolve("io/github/flux4j/bench/contender"))
                .isDirectoryContaining("glob:**/Flux4jModel.class");
    }

    @Test
    void aCommitThatLacksWhatTheCallersCallIsRefusedByName() {
        String withoutFlux4j = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(".*\\bflux4j[-/](classes|\\d.*\\.jar)"))
                .collect(Collectors.joining(File.pathSeparator));
        assertThatIllegalStateException()
                .isThrownBy(() -> Builds.compileCallers(folder, "commits/old" + File.pathSeparator + withoutFlux4j))
                .withMessageMatching("flux4j in commits/old can't be measured: Flux4jModel.java, line \\d+: .*");
    }

    @Test
    void ofALibraryThatBothHaveTheCommitsVersionIsTaken() {
        List<String> classPath = Builds.classPath(
                "old/classes",
                List.of("/m2/org/nd4j/nd4j-api/1/nd4j-api-1.jar"),
                List.of(
                        "target/flux4j-bench/classes",
                        "target/flux4j/classes",
                        "run/flux4j-tables-classes.jar",
                        "/m2/org/nd4j/nd4j-api/2/nd4j-api-2.jar",
                        "/m2/org/openjdk/jmh-core/3/jmh-core-3.jar"));
        assertThat(classPath)
                .containsExactly(
                        "old/classes",
                        "/m2/org/nd4j/nd4j-api/1/nd4j-api-1.jar",
                        "target/flux4j-bench/classes",
                        "/m2/org/openjdk/jmh-core/3/jmh-core-3.jar");
    }
}
