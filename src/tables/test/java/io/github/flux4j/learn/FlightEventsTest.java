package io.github.flux4j.learn;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.table.Table;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Java's own reader finds in a recording of this process. */
class FlightEventsTest {

    private static final Path IRIS = Path.of("src/site/data/iris.csv");

    @TempDir
    private Path folder;

    @Test
    void fitsEpochsPredictionsAndFilesThatAreReadAreEvents() throws Exception {
        Path saved = folder.resolve("iris.flux4j");
        Path dump = folder.resolve("run.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            Table iris = Table.read(IRIS);
            Learn.classifier()
                    .epochs(3)
                    .networks(2)
                    .seed(1)
                    .fit(iris, "species")
                    .save(saved);
            FittedClassifier.load(saved).predict(iris);
            var line = chain(dense(1, 1));
            trainer(MSE, line, setup(descent(), line)).train(List.of(batch(column(1, 2), column(2, 3))), 2);
            recording.stop();
            recording.dump(dump);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(dump).stream()
                .filter(event -> event.getEventType().getName().startsWith("io.github.flux4j."))
                .toList();

        assertThat(events.stream().filter(event -> event.hasField("loss")))
                .hasSizeGreaterThanOrEqualTo(3 + 2) // the linear yardstick has some, too
                .allMatch(event -> event.getDouble("loss") > 0 && event.getInt("epoch") > 0);
        RecordedEvent fit = only(events, "Fit");
        assertThat(fit.getInt("rows")).isEqualTo(150);
        assertThat(fit.getString("targets")).isEqualTo("species");
        assertThat(fit.getDuration()).isPositive();
        assertThat(only(events, "ModelLoaded").getString("file")).isEqualTo(saved.toString());
        assertThat(only(events, "Predict").getInt("rows")).isEqualTo(150);
    }

    private static RecordedEvent only(List<RecordedEvent> events, String name) {
        List<RecordedEvent> some = events.stream()
                .filter(event -> event.getEventType().getName().endsWith("." + name))
                .toList();
        assertThat(some).hasSize(1);
        return some.get(0);
    }
}
