package io.github.flux4j.learn;

import static io.github.flux4j.learn.Learn.regressor;
import static io.github.flux4j.learn.Learn.tune;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.internal.tune.Dimension;
import io.github.flux4j.learn.Tuning.Range;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeTest {

    private static final double LOGARITHM = 1e-12; // exp(log(x)), relative

    @Test
    void haveBothEndsAndAllIsAlike() {
        assertThat(values(Range.uniform(-1, 3), 0, 0.25, 0.5, 1)).containsExactly(-1.0, 0.0, 1.0, 3.0);
        assertThat(values(Range.integers(1, 3), 0, 0.33, 0.34, 0.66, 0.67, 0.9999, 1))
                .containsExactly(1, 1, 2, 2, 3, 3, 3);
        assertThat(values(Range.integers(Integer.MIN_VALUE, Integer.MAX_VALUE), 0, 1))
                .containsExactly(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** Halfway between 10⁻⁴ and 10⁻² is 10⁻³; between 16 and 257 it is √(16·257) = 64.1. */
    @Test
    void logarithmsAreUniform() {
        Range<Double> eta = Range.logUniform(1e-4, 1e-2);
        assertThat(eta.at(0)).isEqualTo(1e-4);
        assertThat(eta.at(0.5)).isCloseTo(1e-3, within(1e-3 * LOGARITHM));
        assertThat(eta.at(1)).isEqualTo(1e-2);
        assertThat(values(Range.logIntegers(16, 256), 0, 0.5, 1)).containsExactly(16, 64, 256);
    }

    private static <V> List<V> values(Range<V> range, double... shares) {
        return DoubleStream.of(shares).mapToObj(range::at).toList();
    }

    @Test
    void refuseWhatIsNoRange() {
        assertThatThrownBy(() -> Range.uniform(1, 1)).hasMessageContaining("low below high, but got 1.0 and 1.0");
        assertThatThrownBy(() -> Range.uniform(Double.NaN, 1)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Range.logUniform(0, 1)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> Range.logUniform(1, Double.POSITIVE_INFINITY)).hasMessageContaining("finite");
        assertThatThrownBy(() -> Range.integers(2, 1)).hasMessageContaining("2 and 1");
        assertThatThrownBy(() -> Range.logIntegers(0, 1)).hasMessageContaining("above 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eta=1e-4..1e-1 log | rule | AdamW(1.0E-4,",
                " eta = .001..0.1   | rule | AdamW(0.001,",
                "decay=0.5,0.1      | rule | 0.999), 0.5,",
                "hidden=16,64       | network | dense(16, relu), dropout(0.1), dense(16, relu), dropout(0.1), dense",
                "hidden=16..64 log  | network | dense(16, relu), dropout(0.1), dense(16, relu), dropout(0.1), dense",
                "dropout=0..0.5     | network | dense(64, relu), dropout(0), dense(64, relu), dropout(0), dense",
                "batchSize=8,16     | batchSize | 8",
                "epochs=8,16        | epochs | 8",
                "patience=8,16      | patience | 8",
                "networks=8,16      | networks | 8",
                "cosines=0..8       | cosines | 0",
                "sigma=0.1..0.3     | sigma | 0.1",
                "lambda=0.01..1 log | lambda | 0.01",
                "alpha=0..1         | alpha | 0.0",
            })
    void canBeWritten(String text, String setting, String least) {
        Dimension<Regressor> dimension = Tunable.dimension(text, regressor());
        Regressor changed = dimension.change().apply(regressor(), dimension.at(0));
        if (setting.equals("rule")) {
            assertThat(String.valueOf(changed.rule())).contains(least);
        } else {
            assertThat(changed.described()).containsEntry(setting, least);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "eta",
                "eta=",
                "eta=a..b",
                "eta=0,001..0,1",
                "width=1,2",
                "eta=1e-4..",
                "eta=NaN..1",
                "eta=1..0x2",
                "eta=1d,2",
                "hidden=16,,64",
                "hidden=1e999,1"
            })
    void textThatIsNoneIsRefusedWithTheNamesThatThereAre(String text) {
        assertThatThrownBy(() -> tune(regressor()).over(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).*(eta, decay, hidden, dropout, batchSize|whole number).*");
    }

    @Test
    void valuesThatASettingRefusesAreRefusedAtOnce() {
        assertThatThrownBy(() -> tune(regressor()).over("epochs=0..5"))
                .hasMessageContaining("epochs must be at least 1");
        assertThatThrownBy(() -> tune(regressor()).over("hidden=1.5,3"))
                .hasMessage("hidden must be a whole number, but was 1.5");
        assertThatThrownBy(() -> tune(regressor()).over("hidden=3,3")).hasMessageContaining("repeated");
        assertThatThrownBy(() -> tune(regressor().network("dense")).over("hidden=3,4"))
                .hasMessageContaining("no hidden to tune in the network dense");
    }

    @Test
    void textIsTheSameInEveryCountry() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(Range.uniform(0.001, 0.1)).hasToString("0.001..0.1");
            assertThat(Tunable.<Regressor>dimension("eta=0.001..0.1", regressor())
                            .at(0))
                    .isEqualTo(0.001);
        } finally {
            Locale.setDefault(before);
        }
    }
}
