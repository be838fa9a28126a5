package io.github.flux4j.learn;

import static io.github.flux4j.Flux4j.dense;
import static io.github.flux4j.Flux4j.momentum;
import static io.github.flux4j.learn.Learn.classifier;
import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.fit.Unknown;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Estimators as text. */
class EstimatorTextTest {

    static Stream<Estimator<?, ?>> estimators() {
        return Stream.of(
                regressor(),
                regressor()
                        .rule(momentum(0.01, 0.8))
                        .network("dense(8, tanh), layerNorm")
                        .epochs(7)
                        .seed(-3)
                        .cosines(3, 0.2)
                        .keep("Name", "a b")
                        .weights("w: x")
                        .penalty(0.1, 0.3)
                        .unknown(Unknown.ERROR),
                classifier()
                        .balanced()
                        .labelSmoothing(0.1)
                        .classWeights(Map.of("a=b", 2.0, "c", 0.5))
                        .networks(3),
                regressor().mljFlux(),
                classifier().mljFlux());
    }

    @ParameterizedTest
    @MethodSource("estimators")
    void textGivesTheSameEstimator(Estimator<?, ?> estimator) {
        Estimator<?, ?> read = Estimator.parse(estimator.text());
        assertThat(read.getClass()).isEqualTo(estimator.getClass());
        assertThat(read.text()).isEqualTo(estimator.text());
        assertThat(read.settings().differences(estimator.settings())).isEmpty();
    }

    @Test
    void aSettingCanBeGivenByName() {
        assertThat(regressor().with("epochs", "7").epochs()).isEqualTo(7);
        assertThatThrownBy(() -> regressor().with("epoch", "7"))
                .hasMessageContaining("no setting named epoch; the nearest are epochs");
        assertThatThrownBy(() -> regressor().with("epochs", "0")).hasMessageContaining("epochs must be at least 1");
        assertThatThrownBy(() -> regressor().with("epochs", "many")).hasMessageContaining("epochs can't be many");
        assertThatThrownBy(() -> regressor().with("shuffle", "yes")).hasMessageContaining("true or false");
    }

    /** As builds wrote it whose default it was. */
    @Test
    void cosinesCanStillBeAutomatic() {
        assertThat(Estimator.parse("regressor\ncosines: automatic").cosines()).isEqualTo(-1);
    }

    @Test
    void whatHasNoTextSaysSo() {
        assertThatThrownBy(
                        () -> regressor().network((in, out) -> dense(in, out)).text())
                .hasMessageContaining("lambda");
        assertThatThrownBy(() -> Estimator.parse("forest")).hasMessageContaining("begin with regressor or classifier");
    }

    @Test
    void printsWhatDiffersFromTheUsual() {
        assertThat(regressor()).hasToString("regressor()");
        assertThat(regressor().epochs(7)).hasToString("regressor().epochs(7)");
    }
}
