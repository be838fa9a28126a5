package io.github.flux4j.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.bench.contender.Entrant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told and kept of two commits; the numbers are invented. */
class DifferencesTest {

    private static final Build OTHER = new Build(" of abc1234", "");

    private static final Differences DIFFERENCES = new Differences(
            null,
            new Commit("f".repeat(40), "fffffff", "Do less", true),
            new Commit("a".repeat(40), "abc1234", "Do more", false),
            Map.of("openblas", "1.0"),
            List.of(
                    Difference.of(
                            row(new Cell("article", Entrant.FLUX4J), 110, 110, 110, 110, 110),
                            row(new Cell("article", Entrant.FLUX4J, OTHER), 100, 100, 100, 100, 100)),
                    Difference.of(
                            row(new Cell("digits", Entrant.FLUX4J_DL4J), 9000, 9000, 9000, 9000, 9000),
                            row(new Cell("digits", Entrant.FLUX4J_DL4J, OTHER), 9000, 9000, 9000, 9000, 9000, 9000))),
            List.of(Agreement.unavailable(new Cell("predict-batch", Entrant.FLUX4J, OTHER), "it is wrong")));

    @TempDir
    Path folder;

    private static Measurement row(Cell cell, double... nanos) {
        List<Fork> forks =
                Arrays.stream(nanos).mapToObj(time -> Fork.steps(time, 16)).toList();
        return Measurement.of(cell, forks, Double.NaN, Map.of(1, 1e-6));
    }

    @Test
    void theTableHasMediansRatioIntervalProcessesAndVerdict() {
        assertThat(DIFFERENCES.text().lines())
                .containsSubsequence(
                        "this: fffffff Do less (and changes that are not committed)",
                        "that: abc1234 Do more",
                        "                       this     that  this/that  95 % interval  processes             verdict",
                        "article              110 ns   100 ns      1.100  1.100 … 1.100      5 + 5              slower",
                        "digits FLUX4J_DL4J  9.00 µs  9.00 µs      1.000  1.000 … 1.000      5 + 6  no difference seen",
                        "not timed: FLUX4J of abc1234 on predict-batch is not available: it is wrong");
    }

    @Test
    void theFileHasEveryProcessesTime() throws IOException {
        Path file = folder.resolve("against.json");
        Results.write(file, DIFFERENCES);
        assertThat(Files.readString(file))
                .containsPattern("\"forkNanos\": \\[\\s+110.0,\\s+110.0,\\s+110.0,\\s+110.0,\\s+110.0\\s+]")
                .contains("\"verdict\": \"slower\"", "\"contender\": \"FLUX4J of abc1234\"")
                .doesNotContain("NaN");
    }
}
