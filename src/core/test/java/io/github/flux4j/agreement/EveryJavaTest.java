package io.github.flux4j.agreement;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.predict.Predictor;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From Java 24 on {@code Math.tanh} is rounded otherwise than before; what is made of it in Float64 is not. The oracle is {@code StrictMath}. */
class EveryJavaTest {

    @TempDir
    private Path folder;

    static Stream<Arguments> activations() {
        DoubleUnaryOperator tanh = StrictMath::tanh;
        DoubleUnaryOperator lisht = x -> x * StrictMath.tanh(x);
        DoubleUnaryOperator tanhshrink = x -> x - StrictMath.tanh(x);
        return Stream.of(Arguments.of(TANH, tanh), Arguments.of(LISHT, lisht), Arguments.of(TANHSHRINK, tanhshrink));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void tanhAndItsKinAreBitEqualInFloat64(Activation activation, DoubleUnaryOperator strict) throws Exception {
        Dense model = f64(dense(1, 1, activation).withoutBias());
        model.weight().assign(1);
        Path file = folder.resolve("model.flux4j");
        save(model, file);
        Predictor plain = Predictor.load(file);
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 2000; i++) {
            double x = random.nextDouble(-4, 4);
            assertThat(model.predict(x)).containsExactly(strict.applyAsDouble(x));
            assertThat(plain.predict(x)).containsExactly(strict.applyAsDouble(x));
        }
    }
}
