package io.github.flux4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionPageTest {

    private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);

    @TempDir
    private static Path folder;

    private static PredictionPage cars;
    private static PredictionPage hostile;

    @BeforeAll
    static void serve() throws Exception {
        SampleModels.cars(folder.resolve("mpg.flux4j"));
        cars = new PredictionPage(Served.load(folder.resolve("mpg.flux4j")), "/");
        hostile = new PredictionPage(Served.load(SampleModels.hostile(folder.resolve("hostile.flux4j"))), "/");
    }

    /** By hand of the data: the medians, and the country that most cars are from. */
    @Test
    void eachColumnHasAFieldWithATypicalValue() throws Exception {
        assertThat(cars.empty())
                .contains("<title>Miles_per_Gallon</title>")
                .contains("<label for=\"c2\"><bdi>Horsepower</bdi></label>")
                .contains("name=\"c0\" type=\"number\" step=\"any\" value=\"4\"")
                .contains("type=\"date\" value=\"1976-01-01\"")
                .contains("<option value=\"USA\" selected>USA</option>")
                .contains("<option value=\"Japan\">Japan</option>")
                .contains("90\u00a0% interval:")
                .contains("Quality")
                .contains("<bdi>rms</bdi>")
                .contains("Trained on 398 rows, with 3 networks");
    }

    @Test
    void thePageSaysWhichColumnsMoveThePrediction() throws Exception {
        assertThat(cars.empty())
                .contains("<summary>Why</summary>")
                .containsPattern("<bdi>Weight_in_lbs</bdi></th><td>[+−]\\d");
        assertThat(hostile.empty()).contains("log odds of").doesNotContain(SampleModels.HOSTILE);
    }

    @Test
    void whatIsEnteredIsPredictedAndStays() throws Exception {
        Reply reply = cars.filled(Map.of("c3", "5000", "c6", "Japan", "c2", ""));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text())
                .contains("value=\"5000\"")
                .contains("<option value=\"Japan\" selected>")
                .contains("name=\"c2\" type=\"number\" step=\"any\" value=\"\"");
        assertThat(result(reply.text())).isNotEqualTo(result(cars.empty()));
    }

    private static String result(String html) {
        return html.replaceAll("(?s).*<output>(.*?)</output>.*", "$1");
    }

    @Test
    void aValueThatIsNoneIsSaidWhereThePredictionWouldBe() throws Exception {
        Reply reply = cars.filled(Map.of("c2", "<b>many"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text())
                .contains("role=\"alert\"><bdi>column &quot;Horsepower&quot; expects a number")
                .contains("value=\"&lt;b&gt;many\"")
                .doesNotContain("<output>");
    }

    @Test
    void namesAndValuesOfStrangersStayText() throws Exception {
        String html = hostile.filled(Map.of("c1", "\"><script>x</script>")).text();
        assertThat(html)
                .doesNotContain("<script", "<img", "</title><b>")
                .contains("&lt;script&gt;alert(&#39;1 &amp; &quot;2&quot;&#39;)&lt;/script&gt;")
                .contains("<bdi>\u202Eright to left</bdi>");
        assertThat(hostile.empty()).doesNotContain("<script", "<img", "</title><b>");
    }

    @Test
    void nothingComesFromElsewhereAndTheStyleIsTheOneThatThePolicyNames() throws Exception {
        String html = cars.empty();
        assertThat(html).doesNotContain("http:", "https:", "//", "url(", "@import", "style=");
        Matcher style = STYLE.matcher(html);
        assertThat(style.find()).isTrue();
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest(style.group(1).getBytes(StandardCharsets.UTF_8));
        assertThat(PredictionPage.STYLE_DIGEST)
                .isEqualTo("sha256-" + Base64.getEncoder().encodeToString(digest));
    }

    @Test
    void numbersAreShort() {
        assertThat(Html.number(1234.5678)).isEqualTo("1235");
        assertThat(Html.number(0.00012344)).isEqualTo("0.0001234");
        assertThat(Html.number(-0.0)).isEqualTo("0");
        assertThat(Html.number(123456789)).isEqualTo("123500000");
        assertThat(Html.number(1.5e300)).isEqualTo("1.5E300");
        assertThat(Html.number(Double.NEGATIVE_INFINITY)).isEqualTo("−∞");
        assertThat(Html.number(Double.NaN)).isEqualTo("unknown");
    }
}
