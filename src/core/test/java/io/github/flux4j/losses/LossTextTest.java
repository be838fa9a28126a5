package io.github.flux4j.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.flux4j.Flux4j;
import io.github.flux4j.values.Parts;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses as text and back, and as values that can be compared. */
class LossTextTest {

    private static final LossFunction MINE =
            LossFunction.of("fourth", (yhat, y) -> yhat.sub(y).pow(4).mean());

    /** Every sample, and its sum where it has one. */
    static Stream<LossFunction> losses() {
        return LossSamples.all().stream()
                .flatMap(sample -> sample.isOfTerms()
                        ? Stream.of(sample.loss(), sample.loss().sum())
                        : Stream.of(sample.loss()));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void goesToTextAndBack(LossFunction loss) {
        LossFunction read = LossFunction.parse(loss.text());

        assertThat(read).isEqualTo(loss).hasSameHashCodeAs(loss).hasToString(loss.toString());
        assertThat(read.text()).isEqualTo(loss.text());
    }

    @ParameterizedTest
    @MethodSource("losses")
    void computesTheSameAfterwards(LossFunction loss) {
        LossSamples.Sample sample = LossSamples.all().stream()
                .filter(s -> s.loss().name().equals(loss.name()))
                .findFirst()
                .orElseThrow();

        assertThat(LossFunction.parse(loss.text()).of(sample.predictions(), sample.targets()))
                .isEqualTo(loss.of(sample.predictions(), sample.targets()));
    }

    @Test
    void differentLossesDiffer() {
        assertThat(losses().map(LossFunction::text).toList()).doesNotHaveDuplicates();
        assertThat(losses().distinct().count()).isEqualTo(losses().count());
        assertThat(Losses.MSE)
                .isNotEqualTo(Losses.MSE.sum())
                .isNotEqualTo("mse")
                .isNotEqualTo(null);
    }

    @Test
    void namesAreTheWords() {
        List<String> words = Arrays.stream(Flux4j.class.getMethods())
                .map(java.lang.reflect.Method::getName)
                .toList();

        assertThat(words)
                .containsAll(
                        Losses.all().stream().map(loss -> loss.call().name()).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "mse; mse",
                "mse(agg=sum); mse(agg=sum)",
                "mse(agg=mean); mse",
                "mse(sum); mse(agg=sum)",
                "huber; huber(1)",
                "huber(0.3); huber(0.3)",
                "huber(delta=0.3, agg=sum); huber(0.3, agg=sum)",
                "huber(agg=sum, delta=0.3); huber(0.3, agg=sum)",
                "crossentropy; crossentropy",
                "crossentropy(0); crossentropy(0)",
                "crossentropy(eps=1e-3); crossentropy(0.001)",
                "focalLoss; focalLoss(2)",
                "focalLoss(3, 0.01); focalLoss(3, 0.01)",
                "focalLoss(eps=0.01); focalLoss(2, 0.01)",
                "tverskyLoss; tverskyLoss(0.7)",
                "siameseContrastiveLoss(0.5); siameseContrastiveLoss(0.5)"
            })
    void readsWhatIsLeftOut(String text, String whole) {
        assertThat(LossFunction.parse(text).text()).isEqualTo(whole);
    }

    @Test
    void writesTheSameInEveryLocale() {
        Locale usual = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(Losses.focalLoss(2.5, 1e-6).text()).isEqualTo("focalLoss(2.5, 1e-6)");
            assertThat(LossFunction.parse("focalLoss(2.5, 1e-6)")).isEqualTo(Losses.focalLoss(2.5, 1e-6));
        } finally {
            Locale.setDefault(usual);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "mes; a loss named mes is unknown; the nearest are mse",
                "MSE; a loss named MSE is unknown",
                "mse(3); mse doesn't know what to do with 3: mse(3)",
                "mse(agg=product); an aggregation named product is unknown",
                "huber(0); δ of huber must be finite and > 0, but was 0.0",
                "huber(1, 2); huber doesn't know what to do with 2",
                "diceCoeffLoss(agg=sum); diceCoeffLoss doesn't know what to do with agg=sum",
                "crossentropy(NaN); eps of crossentropy must be finite and ≥ 0, but was NaN",
                "crossentropy(eps=mse); crossentropy expects a number as eps, but has mse",
                "fourth; a loss named fourth is unknown"
            })
    void refusesWhatIsNone(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LossFunction.parse(text))
                .withMessageContaining(message.replace("; near", "; near"));
    }

    @Test
    void oneOfYourOwnIsReadWithParts() {
        Parts parts = Parts.of()
                .value(LossFunction.class, "fourth", MINE)
                .word(LossFunction.class, "scaled", arguments -> Losses.huber(arguments.number("by") * 2));

        assertThat(MINE.text()).isEqualTo("fourth");
        assertThat(LossFunction.parse(MINE.text(), parts)).isSameAs(MINE);
        assertThat(LossFunction.parse("scaled(0.5)", parts)).isEqualTo(Losses.HUBER);
        assertThat(LossFunction.parse("mae", parts)).isEqualTo(Losses.MAE);
    }

    @Test
    void oneOfYourOwnEqualsOnlyItself() {
        LossFunction twin =
                LossFunction.of("fourth", (yhat, y) -> yhat.sub(y).pow(4).mean());
        LossFunction namesake =
                LossFunction.of("mse", (yhat, y) -> yhat.sub(y).pow(4).mean());

        assertThat(MINE).isEqualTo(MINE).isNotEqualTo(twin);
        assertThat(namesake).isNotEqualTo(Losses.MSE);
        assertThat(Losses.MSE).isNotEqualTo(namesake);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mse", "two words", "3rd", "", "a(b)"})
    void oneOfYourOwnNeedsANameThatMeansNoOther(String name) {
        LossFunction loss =
                LossFunction.of(name, (yhat, y) -> yhat.sub(y).pow(4).mean());

        assertThatIllegalArgumentException()
                .isThrownBy(loss::text)
                .withMessageStartingWith("text can't hold a loss of your own with the name \"" + name + "\"");
    }

    @Test
    void nullIsNamed() {
        assertThatNullPointerException()
                .isThrownBy(() -> LossFunction.parse(null))
                .withMessage("text is null");
        assertThatNullPointerException()
                .isThrownBy(() -> LossFunction.of(null, (yhat, y) -> yhat.mean()))
                .withMessage("name is null");
    }
}
