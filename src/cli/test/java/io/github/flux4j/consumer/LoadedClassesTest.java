package io.github.flux4j.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of the old libraries within Deeplearning4j's and ND4J's jars an everyday program loads; Java's own log of classes says it. */
@Tag("process")
class LoadedClassesTest {

    @TempDir
    private Path folder;

    @Test
    void trainingPredictingSavingLoadingAndServingLoadNoPackedLibraryButGuava() throws Exception {
        Path log = folder.resolve("classes");
        ChildJvm run = ChildJvm.run(EverydayProgram.class, List.of("-Xlog:class+load:file=" + log), folder.toString());

        assertThat(run.out()).contains("served");
        List<String> classes = Files.readAllLines(log);
        assertThat(classes).anyMatch(line -> line.contains(" org.nd4j.linalg.factory.Nd4j "));
        assertThat(classes)
                .noneMatch(line -> line.matches(".* (org\\.nd4j\\.shade\\.(?!guava)|org\\.tensorflow|onnx\\.).*"));
    }
}
