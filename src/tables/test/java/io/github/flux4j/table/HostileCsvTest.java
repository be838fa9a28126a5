package io.github.flux4j.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.predict.ByteEdits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tables changed at random: refused in a sentence that names the file, or read as a table that is whole. */
class HostileCsvTest {

    private static final String CARS = """
            name,mpg,year,origin
            "chevrolet ""chevelle"\"",18.0,1970-01-01,USA
            "buick
            skylark",15,1970-06-01,USA
            toyota,NA,1971-01-01,Japan
            ,24.5e0,,Europe
            """;
    private static final String BILLS = """
            Datum;Betrag;Anteil
            01.02.2024;1.234,50 €;12,5%
            13.02.2024;-7,00 €;1%
            28.02.2024;0,99 €;100%
            """;

    private static List<byte[]> tables() throws IOException {
        return List.of(
                CARS.getBytes(UTF_8),
                BILLS.getBytes(UTF_8),
                CARS.replace(",", "\t").getBytes(UTF_8),
                ("\uFEFF" + BILLS).getBytes(UTF_8),
                ("\uFEFF" + CARS).getBytes(UTF_16LE),
                BILLS.replace("€", "$").replace("\n", "\r\n").getBytes(ISO_8859_1),
                zipped(CARS));
    }

    private static byte[] zipped(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(text.getBytes(UTF_8));
        }
        return out.toByteArray();
    }

    @Test
    void thousandsAreRefusedOrWhole() throws IOException {
        assertThat(read(3000, 1)).isBetween(250, 2000);
    }

    @Test
    @Tag("long")
    void aHundredThousandAreRefusedOrWhole() throws IOException {
        assertThat(read(100_000, 2)).isBetween(8000, 70_000);
    }

    /** How many of so many were read. */
    private static int read(int count, long seed) throws IOException {
        ByteEdits edits = new ByteEdits(new SplittableRandom(seed));
        List<byte[]> tables = tables();
        int read = 0;
        for (int i = 0; i < count; i++) {
            read += isRead(edits.of(tables.get(i % tables.size()))) ? 1 : 0;
        }
        return read;
    }

    private static boolean isRead(byte... file) {
        try {
            Table table = Csv.csv().read(new ByteArrayInputStream(file), "hostile.csv");
            assertThat(table.names()).isNotEmpty().doesNotHaveDuplicates().doesNotContain("");
            assertThat(table.columns()).allMatch(column -> column.size() == table.rows() && table.rows() > 0);
            return true;
        } catch (Csv.AmbiguousFormatException e) {
            assertThat(e.getMessage()).doesNotContainPattern("\\p{Cc}");
            assertThat(e.choices())
                    .isNotEmpty()
                    .allSatisfy((column, formats) -> assertThat(formats).hasSizeGreaterThan(1));
            return false;
        } catch (IOException e) {
            assertThat(e.getMessage())
                    .startsWith("hostile.csv")
                    .doesNotContainPattern("\\p{Cc}")
                    .hasSizeLessThan(1500);
            return false;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("only an IOException was expected of " + new String(file, ISO_8859_1), e);
        }
    }
}
