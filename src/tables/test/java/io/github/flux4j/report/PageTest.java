package io.github.flux4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.flux4j.internal.charts.Axis;
import io.github.flux4j.internal.charts.AxisScale;
import io.github.flux4j.internal.charts.Chart;
import io.github.flux4j.internal.charts.Hue;
import io.github.flux4j.internal.charts.Mark;
import io.github.flux4j.internal.charts.RowChart;
import io.github.flux4j.internal.charts.Sheet;
import io.github.flux4j.internal.charts.Thinning;
import io.github.flux4j.internal.charts.Tiles;
import io.github.flux4j.report.Page.Part;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PageTest {

    /** What any page stays below, however much there is to show. */
    private static final int MOST = 300_000;

    @TempDir
    private Path folder;

    private static Chart chart(String title, int points) {
        double[] x = IntStream.range(0, points).asDoubleStream().toArray();
        double[] y = DoubleStream.of(x).map(Math::sin).toArray();
        return new Chart(
                title,
                Axis.of(title, AxisScale.linear(DoubleStream.of(x))),
                Axis.of(title, AxisScale.linear(DoubleStream.of(y))),
                List.of(
                        new Mark.Line(title, Hue.BLUE, false, x, y),
                        new Mark.Dots(title, Hue.ORANGE, x, y, i -> title + i),
                        new Mark.Ranges(title, Hue.GREEN, new double[] {1}, new double[] {0}, new double[] {1})),
                title);
    }

    private static Page page(String text, int points) {
        return Page.of(text, text)
                .with(
                        text,
                        List.of(
                                chart(text, points),
                                new RowChart(
                                        text,
                                        Axis.of(text, AxisScale.linear(DoubleStream.of(0, 1))),
                                        true,
                                        List.of(new RowChart.Row(text, 0.2, 0.5, 0.7, List.of(text), true)),
                                        text),
                                new Sheet(
                                        text,
                                        List.of(text, text),
                                        List.of(List.of(Sheet.Cell.of(text), new Sheet.Cell(text, 0.5, text))),
                                        text),
                                new Tiles(List.of(new Tiles.Tile(text, text, text))),
                                Part.text(text),
                                Part.remark(text),
                                Part.code(text),
                                Part.folded(text, Part.text(text))));
    }

    /** Well-formed as XML, but for the two elements that HTML doesn't close. */
    private static Document parsed(String html) throws Exception {
        String xml = html.replaceFirst("<!DOCTYPE html>", "").replaceAll("<meta ([^>]*)>", "<meta $1/>");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    @Test
    void everyTextIsEscaped() throws Exception {
        String html = page(SamplePages.NAME, 20).html();
        Document document = parsed(html);
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(document.getElementsByTagName("img").getLength()).isZero();
        assertThat(html).doesNotContain("\u0000", "\u202E", "onerror=hacked=1>").contains("&lt;script&gt;");
    }

    @Test
    void aPageNeedsNothingFromElsewhereAndIsLightOrDark() {
        assertThat(page("x", 20).html())
                .doesNotContain("http", "src=", "url(", "<script", "NaN")
                .contains("prefers-color-scheme: dark", "<title>x0</title>", "width=device-width");
    }

    @Test
    void aParagraphIsLongerThanANameMayBe() {
        String text = "x".repeat(2000);
        assertThat(Part.text(text).html()).contains(text);
        assertThat(Part.remark(text).html()).contains(text);
        assertThat(Part.code(text).html()).contains("x".repeat(499) + "…").doesNotContain("x".repeat(500));
        assertThat(Part.text("x".repeat(6000)).html())
                .contains("x".repeat(4999) + "…")
                .doesNotContain("x".repeat(5000));
    }

    @Test
    void aMillionPointsAndEndlessTextsMakeASmallPage() {
        String html = page("endless".repeat(100_000), 1_000_000).html();
        assertThat(html.length()).isLessThan(MOST);
    }

    /** Of the points a tenth is spread over all and the others lie in a corner; of 500 drawn, 50 within 4 deviations of √(500·0.1·0.9) = 6.7. */
    @Test
    void aCrowdLooksAsDenseAsItIs() {
        int count = 100_000;
        double[] x = IntStream.range(0, count)
                .mapToDouble(i -> (i % 10 == 0 ? 1 : 0.1) * (i * 7919L % count) / count)
                .toArray();
        int[] shown = Thinning.ofDots(500, x, x);

        assertThat(shown).hasSize(500).isSorted().doesNotHaveDuplicates();
        assertThat(Arrays.stream(shown).filter(i -> i % 10 == 0).count()).isBetween(24L, 76L);
        assertThat(Thinning.ofDots(500, new double[] {0.5, Double.NaN}, new double[] {0.5, 0.5}))
                .containsExactly(0);
    }

    @Test
    void ofALineTheEndsAndThePeakStay() {
        double[] y = new double[100_000];
        y[50_000] = 1;
        assertThat(Thinning.ofLine(y)).hasSizeLessThan(2000).contains(0, 50_000, 99_999);
    }

    @Test
    void aTableThatIsTooWideSaysThatItScrolls() {
        List<String> many = IntStream.range(0, 30).mapToObj(i -> "column " + i).toList();
        List<Sheet.Cell> row = many.stream().map(Sheet.Cell::of).toList();

        assertThat(new Sheet("", many, List.of(row), "").html()).contains("class=\"hint\"", "scrolls");
        assertThat(new Sheet("", many.subList(0, 6), List.of(row.subList(0, 6)), "").html())
                .contains("hint below", "scrolls");
        assertThat(new Sheet("", many.subList(0, 2), List.of(row.subList(0, 2)), "").html())
                .doesNotContain("hint");
    }

    @Test
    void everyCountryHasThePoint() {
        Locale before = Locale.getDefault();
        String html = page("x", 20).html();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(page("x", 20).html()).isEqualTo(html);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aPageIsWrittenWholeOrNotAtAll() throws IOException {
        Path file = folder.resolve("page.html");
        page("x", 20).writeTo(file);
        assertThat(file).content().startsWith("<!DOCTYPE html>").endsWith("</html>\n");
        assertThat(folder.toFile().list()).containsExactly("page.html");
        Files.writeString(folder.resolve("other"), "");
        Path nowhere = folder.resolve("other").resolve("page.html");
        assertThat(catchThrowable(() -> page("x", 2).writeTo(nowhere)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there is no folder");
    }

    @Test
    void everyPageThatPeopleGetIsWellFormedAndSmall() throws Exception {
        for (Map.Entry<String, String> page : SamplePages.hostilePages().entrySet()) {
            Document document = parsed(page.getValue());
            for (String element : List.of("script", "img")) {
                assertThat(document.getElementsByTagName(element).getLength())
                        .as(element + " in " + page.getKey())
                        .isZero();
            }
            assertThat(page.getValue())
                    .as(page.getKey())
                    .doesNotContainPattern("[\\p{Cc}&&[^\\n]]|[\\u202A-\\u202E\\u2066-\\u2069]")
                    .hasSizeLessThan(MOST);
        }
    }
}
