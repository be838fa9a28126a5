package io.github.flux4j.layers;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Layers print as Flux prints them (its {@code src/layers/show.jl}): a leaf's {@code #} in column 21, a leaf's in a chain in column 41,
 * a total from three arrays on. The bytes are those of the parameters; Flux adds Julia's headers.
 */
class PrintingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 1 | 'Dense(1 => 1)       # 2 parameters'", // Flux's documentation
                "5 | 2 | 'Dense(5 => 2)       # 12 parameters'", // Flux's documentation
                "784 | 64 | 'Dense(784 => 64)    # 50_240 parameters'",
                "1234 | 1000 | 'Dense(1234 => 1000)  # 1_235_000 parameters'"
            })
    void aLayerIsALineWithItsParameters(int in, int out, String line) {
        assertThat(dense(in, out)).hasToString(line);
    }

    @Test
    void aLayerSaysWhatDiffersFromTheDefault() {
        assertThat(dense(5, 2, TANH)).hasToString("Dense(5 => 2, tanh)  # 12 parameters");
        assertThat(dense(5, 2, TANH).withoutBias()).hasToString("Dense(5 => 2, tanh; bias=false)  # 10 parameters");
        assertThat(dense(2, 3, RELU)).hasToString("Dense(2 => 3, relu)  # 9 parameters");
        assertThat(RELU).hasToString("relu");
    }

    @Test
    void aChainHasALineForEachLayerAndATotal() {
        assertThat(chain(dense(5, 7, TANH), dense(7, 2, SIGMOID))).hasToString("""
                        Chain(
                          Dense(5 => 7, tanh),                  # 42 parameters
                          Dense(7 => 2, sigmoid),               # 16 parameters
                        )                   # Total: 4 arrays, 58 parameters, 232 bytes.""");
    }

    @Test
    void aChainOfTwoArraysHasNoTotal() {
        assertThat(chain(dense(1, 1), RELU)).hasToString("""
                        Chain(
                          Dense(1 => 1),                        # 2 parameters
                          relu,
                        )""");
    }

    @Test
    void chainsInAChainAreIndented() {
        // the layout of Flux's own sample in src/utils.jl, without its BatchNorm
        assertThat(chain(chain(dense(784, 64), RELU), dense(64, 10))).hasToString("""
                        Chain(
                          Chain(
                            Dense(784 => 64),                   # 50_240 parameters
                            relu,
                          ),
                          Dense(64 => 10),                      # 650 parameters
                        )                   # Total: 4 arrays, 50_890 parameters, 198.789 KiB.""");
    }

    /** Flux's {@code show} of the two layers; that of its AlphaDropout says no mode, neither in Flux nor here. */
    @Test
    void aForcedModeIsShownAsFluxDoes() {
        Chain model = chain(dense(2, 3), dropout(0.4), alphaDropout(0.4), batchNorm(3, RELU), dense(3, 1));

        assertThat(trainmode(model)).hasToString("""
                        Chain(
                          Dense(2 => 3),                        # 9 parameters
                          Dropout(0.4, active=true),
                          AlphaDropout(0.4),
                          BatchNorm(3, relu, active=true),      # 6 parameters, plus 6
                          Dense(3 => 1),                        # 4 parameters
                        )         # Total: 6 trainable arrays, 19 parameters,
                                  # plus 2 non-trainable, 6 parameters, summarysize 100 bytes.""");
        assertThat(testmode(model).get(1)).hasToString("Dropout(0.4, active=false)");
        assertThat(testmode(batchNorm(3).withoutAffine())).hasToString("BatchNorm(3, affine=false, active=false)");
        assertThat(automode(model).get(1)).hasToString("Dropout(0.4)");
    }

    /** {@code BatchNorm(32, relu)  # 64 parameters, plus 64 non-trainable} is what Flux printed in its issue 2071. */
    @Test
    void aLayerAloneHasWordsForWhatIsNotTrained() {
        assertThat(batchNorm(32, RELU)).hasToString("BatchNorm(32, relu)  # 64 parameters, plus 64 non-trainable");
        assertThat(batchNorm(3)).hasToString("BatchNorm(3)        # 6 parameters, plus 6 non-trainable");
    }

    /** {@code _big_finale} counts trainable arrays. */
    @Test
    void statisticsMakeNoTotal() {
        assertThat(chain(batchNorm(3), RELU)).hasToString("""
                        Chain(
                          BatchNorm(3),                         # 6 parameters, plus 6
                          relu,
                        )""");
    }

    @Test
    void aTotalInFloat64HasTwiceTheBytes() {
        assertThat(f64(chain(dense(512, 512), dense(512, 1))).toString())
                .endsWith("4 arrays, 263_169 parameters, 2.008 MiB.");
    }

    @Test
    void aLineSaysIfParametersAreOutOfOrder() {
        Dense model = dense(1, 2);
        model.flatParameters().assign(0);
        assertThat(model).hasToString("Dense(1 => 2)       # 4 parameters  (all zero)");
        model.weight().putScalar(0, 0, Float.NEGATIVE_INFINITY);
        assertThat(model).hasToString("Dense(1 => 2)       # 4 parameters  (some Inf)");
        model.weight().putScalar(1, 0, Float.NaN);
        assertThat(model).hasToString("Dense(1 => 2)       # 4 parameters  (some NaN)");
    }

    @Test
    void paramsPrintTheirNumbers() {
        Dense model = dense(
                rows(new double[] {0.5, -1}, new double[] {2, 1e-8}),
                column(0, 3).reshape(2),
                IDENTITY);

        assertThat(params(model)).hasToString("Params([Float32[0.5 -1.0; 2.0 1.0E-8], Float32[0.0, 3.0]])");
        assertThat(params(f64(dense(column(0.5), column(0).reshape(1), IDENTITY))))
                .hasToString("Params([[0.5], [0.0]])");
    }

    @Test
    void whatIsBoundToAModelNamesItInOneLine() {
        Chain model = chain(dense(2, 4, TANH), dense(4, 1));

        assertThat(mse(model)).hasToString("mse(Chain(Dense(2 => 4, tanh), Dense(4 => 1)))");
        assertThat(setup(descent(0.5), model))
                .hasToString("Optimiser(Descent(0.5), Chain(Dense(2 => 4, tanh), Dense(4 => 1)))");
    }
}
