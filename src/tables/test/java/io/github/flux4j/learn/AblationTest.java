package io.github.flux4j.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.learn.AblationResult.Fit;
import io.github.flux4j.learn.AblationResult.Judged;
import io.github.flux4j.learn.AblationResult.Ratio;
import io.github.flux4j.learn.AblationResult.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the ablation concludes from its fits, and that its page has what the published result says. */
class AblationTest {

    private static final double SUM = 1e-12; // a few roundings of doubles
    private static final AblationResult.Environment HERE =
            new AblationResult.Environment("commit", "Java", "processor");

    @Test
    void thePageHasThePublishedResultsFigures() throws IOException {
        AblationResult result = AblationResult.read(AblationPage.RESULT);

        assertThat(AblationPage.published()).isEqualTo(AblationPage.section(result));
    }

    @Test
    void thePageDescribesEachVariantWithItsSettings() throws IOException {
        String page = Files.readString(AblationPage.PAGE);

        Ablation.VARIANTS.forEach((name, settings) -> {
            if (!name.equals(Ablation.USUAL)) {
                assertThat(page)
                        .containsPattern("\\| " + name + " \\| [^|]* \\| `" + String.join("`, `", settings) + "` \\|");
            }
        });
    }

    @Test
    void thePublishedSummaryFollowsFromItsFits() throws IOException {
        AblationResult result = AblationResult.read(AblationPage.RESULT);

        assertThat(AblationResult.of(result.environment(), result.date(), result.tables()))
                .isEqualTo(result);
    }

    /** Student's t of one degree of freedom is tan(π·0.475) = 12.706 at 97.5 %; of ln 1 and ln 4, the mean is ln 2, and its standard error ln 2, too. */
    @Test
    void aMeanIsGeometricWithStudentsInterval() {
        Ratio ratio = Ratio.of(1, 4);

        assertThat(ratio.mean()).isCloseTo(2, within(SUM));
        assertThat(Math.log(ratio.high() / 2) / Math.log(2))
                .isCloseTo(Math.tan(Math.PI * 0.475), within(1e-8)); // of the library's inverse
        assertThat(ratio.low() * ratio.high()).isCloseTo(4, within(SUM));
    }

    @Test
    void oneRatioHasNoInterval() {
        assertThat(Ratio.of(1.5)).isEqualTo(new Ratio(1, 1.5, null, null));
        assertThat(Ratio.of()).isNull();
    }

    @Test
    void fitsOfTheSameSeedAndFoldAreCompared() {
        Judged table = new Judged(
                false,
                10,
                2,
                List.of(
                        fit("five networks", 1, 3),
                        fit(Ablation.USUAL, 0, 10),
                        fit(Ablation.USUAL, 1, 2),
                        fit("five networks", 0, 40)));

        assertThat(table.ratios("five networks", Fit::error)).containsExactly(1.5, 4);
    }

    @Test
    void tablesWithAnIntervalBeyondTwoPercentAreNamed() {
        Summary summary = AblationResult.of(
                        HERE, "", Map.of("much", table(1.1), "little", table(1.015), "less", table(0.9)))
                .summary()
                .get("before");

        assertThat(summary.higher()).containsOnlyKeys("much");
        assertThat(summary.lower()).containsOnlyKeys("less");
        assertThat(summary.regression().count()).isEqualTo(3);
        assertThat(summary.classes()).isNull();
    }

    /** −ln 0.5 and −ln 10⁻⁴, the second being a class that was thought impossible. */
    @Test
    void theLogLossIsClipped() {
        assertThat(Ablation.logLoss(new double[] {0, 1}, new double[] {0.5, 0.5}, new double[] {1, 0}))
                .isCloseTo((Math.log(2) + Math.log(10_000)) / 2, within(SUM));
    }

    /** All variants' errors are so many times those of the usual settings, within a thousandth. */
    private static Judged table(double ratio) {
        List<Fit> fits = new ArrayList<>();
        for (int seed = 0; seed < 6; seed++) {
            for (String variant : Ablation.VARIANTS.keySet()) {
                boolean isUsual = variant.equals(Ablation.USUAL);
                fits.add(fit(variant, seed, isUsual ? 1 : ratio * (1 + (seed % 2) / 1000.0)));
            }
        }
        return new Judged(false, 10, 2, fits);
    }

    private static Fit fit(String variant, int seed, double error) {
        return new Fit(variant, seed, 0, error, 1);
    }
}
