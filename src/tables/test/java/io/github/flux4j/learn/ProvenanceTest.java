package io.github.flux4j.learn;

import static io.github.flux4j.Flux4j.dense;
import static io.github.flux4j.learn.Learn.classifier;
import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.backend.Backend;
import io.github.flux4j.table.Csv;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import io.github.flux4j.table.Texts;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model says it was made of, and whether it can be made again. */
class ProvenanceTest {

    private static final Regressor SHORT =
            regressor().network("dense(8, relu)").epochs(5).networks(3);

    @TempDir
    private Path folder;

    private Fitted saved(Fitted fitted) throws IOException {
        fitted.save(folder.resolve("model.flux4j"));
        return Fitted.load(folder.resolve("model.flux4j"));
    }

    /** Oracle: the form written by DataOutputStream as the page on files defines it, and Java's digest of it. */
    @Test
    void theHashOfATableIsThatOfTheFormThatThePageDefines() throws Exception {
        Table table = Table.of(Numbers.of("größe", 1.5, Double.NaN, -0.0), Texts.of("b", Arrays.asList("ä", null, "")));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        text(out, "flux4j table 1");
        out.writeInt(2);
        out.writeInt(3);
        text(out, "größe");
        text(out, "number");
        out.writeDouble(1.5);
        out.writeLong(0x7ff8000000000000L);
        out.writeLong(0x8000000000000000L);
        text(out, "b");
        text(out, "text");
        text(out, "ä");
        out.writeInt(-1);
        text(out, "");
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        assertThat(table.sha256()).isEqualTo(HexFormat.of().formatHex(digest));
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    @Test
    void theHashTellsOrderNamesAndKindsOfColumnsApart() {
        Table table = Table.of(Numbers.of("a", 1, 2), Numbers.of("b", 3, 4));
        assertThat(List.of(
                        table.sha256(),
                        table.rows(1, 0).sha256(),
                        table.drop("b").sha256(),
                        table.asText("b").sha256(),
                        Table.of(Numbers.of("a", 1, 2), Numbers.of("c", 3, 4)).sha256()))
                .doesNotHaveDuplicates();
        assertThat(table.rows(0, 1).sha256()).isEqualTo(table.sha256());
    }

    /** Oracle: Java's digest of the file's bytes. */
    @Test
    void aReadTableKnowsItsFileUntilThatChanges() throws Exception {
        Path file = Files.writeString(folder.resolve("t.csv"), "a;b\n1,5;x\n2,5;y\n");
        Table table = Csv.csv().decimalComma().separator(';').text("b").read(file);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));

        assertThat(table.fileSha256()).isEqualTo(HexFormat.of().formatHex(digest));
        Files.writeString(file, "other");
        assertThat(table.fileSha256()).isNull();
    }

    @Test
    void aFileSaysAllThatItsModelWasMadeOf() throws IOException {
        Instant before = Instant.now().minusSeconds(1);
        Fitted model = saved(SHORT.seed(7).fit(RealData.CARS, RealData.MPG));
        Report.Provenance made = model.report().provenance();
        assertThat(made.table()).isEqualTo(RealData.CARS.sha256());
        assertThat(made.rows()).isEqualTo(RealData.CARS.rows());
        assertThat(List.of(Instant.parse(made.started()), Instant.parse(made.ended())))
                .isSorted()
                .allMatch(time -> time.isAfter(before.minusSeconds(1)));
        assertThat(model.report().environment()).containsKeys("flux4j", "Java", "BLAS", "processor", "threads");
        assertThat(model.report().origin())
                .containsEntry("kind", "regressor")
                .containsEntry("columns", model.report().data().columns())
                .containsEntry("settings", model.settings());
        assertThat(model.settings()).containsEntry("seed", "7");
        assertThat(model.report().origin().toString())
                .doesNotContain(System.getProperty("user.name"), System.getProperty("user.dir"));
    }

    /** On one thread and on two, after the file. */
    @Test
    void modelsOfBothKindsAreMadeAgainToTheBit() throws IOException {
        Fitted numbers = saved(SHORT.fit(RealData.CARS, RealData.MPG));
        Fitted classes = saved(classifier().networks(2).epochs(3).balanced().fit(RealData.IRIS, "species"));
        assertThat(numbers.reproduce(RealData.CARS)).hasToString("equal to the bit");
        try (Backend.Scope one = Backend.threads(1)) {
            assertThat(one).isNotNull();
            assertThat(numbers.reproduce(RealData.CARS).isEqual()).isTrue();
            assertThat(classes.reproduce(RealData.IRIS).isEqual()).isTrue();
        }
    }

    @Test
    void theFirstDifferenceIsNamed() throws IOException {
        Fitted model = saved(SHORT.fit(RealData.CARS, RealData.MPG));
        int[] others = IntStream.range(1, RealData.CARS.rows()).toArray();
        assertThat(model.reproduce(RealData.CARS.rows(others)).toString())
                .startsWith("not equal: data: the table has ")
                .endsWith("but training's had " + RealData.CARS.rows());
        assertThat(model.reproduce(RealData.CARS.drop("Year")).toString()).contains("the table has no column Year");
        int[] turned = IntStream.range(0, RealData.CARS.rows())
                .map(row -> RealData.CARS.rows() - 1 - row)
                .toArray();
        assertThat(model.reproduce(RealData.CARS.rows(turned)).toString()).contains("the order of the rows");
        Fitted own = saved(SHORT.network((in, out) -> dense(in, out)).fit(RealData.CARS, RealData.MPG));
        assertThat(own.reproduce(RealData.CARS).toString()).startsWith("not equal: setting: network can't be");
        Fitted validated = saved(SHORT.validation(RealData.CARS).fit(RealData.CARS, RealData.MPG));
        assertThat(validated.reproduce(RealData.CARS).toString()).contains("the file lacks a validation table");
        Fitted limited = saved(SHORT.epochs(100_000)
                .patience(0)
                .timeLimit(Duration.ofMillis(100))
                .fit(RealData.CARS, RealData.MPG));
        assertThat(limited.reproduce(RealData.CARS).toString()).contains("the time limit ended training after");
    }
}
