package io.github.flux4j.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.ChildJvm;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A million rows of twenty numbers, 160 MB as a table, are read in half a gigabyte of heap. */
@Tag("process")
@Tag("long")
class LargeTableTest {

    private static final int ROWS = 1_000_000;
    private static final int COLUMNS = 20;

    @TempDir
    private Path folder;

    @Test
    void aMillionRowsOfTwentyNumbersFitIntoHalfAGigabyte() throws Exception {
        Path file = folder.resolve("large.csv");
        write(file);

        ChildJvm run = ChildJvm.run(Reading.class, List.of("-Xmx512m"), file.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.out().strip())
                .isEqualTo("1000000 rows, 20 columns, separated by commas; Table(500000 rows, 20 columns)");
    }

    private static void write(Path file) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write(String.join(
                    ",", IntStream.range(0, COLUMNS).mapToObj(k -> "x" + k).toList()));
            for (int row = 0; row < ROWS; row++) {
                for (int k = 0; k < COLUMNS; k++) {
                    writer.append(k == 0 ? '\n' : ',').append(Float.toString((float) random.nextDouble()));
                }
            }
        }
    }

    /** Reads the file, sums it up, takes half of it, and prints the summary's heading without the name. */
    static final class Reading {

        private Reading() {}

        public static void main(String... arguments) throws IOException {
            Table table = Table.read(Path.of(arguments[0]));
            Table half = table.rows(IntStream.range(0, ROWS / 2).toArray());
            String heading = table.summary().lines().findFirst().orElseThrow();
            System.out.println(heading.replaceFirst(".*: ", "") + "; " + half);
        }
    }
}
