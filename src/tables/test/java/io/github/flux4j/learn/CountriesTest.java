package io.github.flux4j.learn;

import static io.github.flux4j.Flux4j.seed;
import static io.github.flux4j.learn.Learn.classifier;
import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.ChildJvm;
import io.github.flux4j.predict.Predictor;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same bytes in every country: its words and digits, its time and its charset change no file, no page and no answer. */
@Tag("process")
class CountriesTest {

    @TempDir
    private Path folder;

    /** Reads a table with dates, fits, saves, predicts, explains, and writes the report as text and as a page. */
    static final class Program {

        private Program() {}

        public static void main(String... arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            seed(1);
            Table cars = Table.read(Path.of("src/site/data/auto-mpg.csv"));
            FittedRegressor mpg = regressor()
                    .network("dense(4, relu)")
                    .epochs(3)
                    .networks(2)
                    .seed(1)
                    .fit(cars, "Miles_per_Gallon");
            mpg.save(folder.resolve("mpg.flux4j"));
            mpg.report().page().writeTo(folder.resolve("mpg.html"));
            Predictor predictor = Predictor.load(folder.resolve("mpg.flux4j"));
            List<String> lines = new ArrayList<>(List.of(mpg.report().toString()));
            lines.add(Arrays.toString(mpg.predict(cars)));
            lines.add(predictor.explain(row()).toString());
            lines.add(predictor.flags(List.of(row())).toString());
            lines.add(classifier()
                    .epochs(2)
                    .networks(2)
                    .seed(1)
                    .fit(cars, "Origin")
                    .report()
                    .toString());
            Files.write(folder.resolve("lines.txt"), lines, StandardCharsets.UTF_8);
        }

        private static Map<String, Object> row() {
            return Map.of(
                    "Cylinders",
                    4,
                    "Displacement",
                    "97,5".replace(',', '.'),
                    "Horsepower",
                    1234.5,
                    "Weight_in_lbs",
                    2130,
                    "Acceleration",
                    14.5,
                    "Year",
                    "1971-01-01",
                    "Origin",
                    "\u0130stanbul");
        }
    }

    @Test
    void neitherLocaleNorTimeZoneNorCharsetChangesAByte() throws Exception {
        Path plain = run("en", "US", "UTC", "UTF-8");

        for (Path other : List.of(
                run("de", "DE", "Europe/Berlin", "ISO-8859-1"),
                run("tr", "TR", "Pacific/Apia", "US-ASCII"),
                run(
                        "ar",
                        "EG",
                        "Asia/Kathmandu",
                        "UTF-8",
                        "-Duser.language.format=ar",
                        "-Duser.extensions.format=u-nu-arab"))) {
            for (String file : List.of("mpg.flux4j", "mpg.html", "lines.txt")) {
                assertThat(difference(timeless(plain.resolve(file)), timeless(other.resolve(file))))
                        .as("%s in %s", file, other)
                        .isEmpty();
            }
        }
    }

    /** Without when it was made and how long that took, and a file's checksum and length, which cover that. */
    private static String timeless(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1)
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "TIME")
                .replaceAll("[sS]econds\\\\*\":(\\[[^]]*]|[\\d.Ee-]+)", "SECONDS")
                .replaceAll("[\\d.]+ m?s\\b", "SECONDS")
                .replaceAll("[0-9a-f]{64}", "CHECKSUM")
                .replaceFirst("(?s)^.{8}(?=\\{\"__metadata__)", "") // the header's length
                .replaceFirst("}} +", "}}"); // and its end
    }

    /** Where two texts part; empty if they don't. */
    private static String difference(String first, String second) {
        int at = Arrays.mismatch(first.toCharArray(), second.toCharArray());
        return at < 0 ? "" : around(at, first) + " | " + around(at, second);
    }

    private static String around(int at, String text) {
        return text.substring(Math.max(0, at - 80), Math.min(text.length(), at + 40));
    }

    private Path run(String language, String country, String zone, String charset, String... more) throws Exception {
        Path results = Files.createDirectory(folder.resolve(language));
        List<String> flags = new ArrayList<>(List.of(
                "-Duser.language=" + language,
                "-Duser.country=" + country,
                "-Duser.timezone=" + zone,
                "-Dfile.encoding=" + charset));
        flags.addAll(List.of(more));
        ChildJvm run = ChildJvm.run(Program.class, flags, results.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        return results;
    }
}
