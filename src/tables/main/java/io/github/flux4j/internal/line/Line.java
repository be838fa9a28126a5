package io.github.flux4j.internal.line;

import io.github.flux4j.internal.prepare.Examples;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.Dense;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A linear model: {@code output = constant + Σ weight·term}.
 *
 * @param weights of each output
 * @param constants one for each
 */
public record Line(double[][] weights, double[] constants) {

    /** What it says of these rows, one after another. */
    public double[] outputs(LinearRows rows, int... which) {
        int outputs = constants.length;
        double[] all = new double[Examples.numbers(which.length, outputs)];
        for (int i = 0; i < which.length; i++) {
            for (int k = 0; k < outputs; k++) {
                all[i * outputs + k] = constants[k] + rows.product(which[i], weights[k]);
            }
        }
        return all;
    }

    /** The same as a layer of prepared rows of this width. */
    public Dense layer(LinearRows rows, int width) {
        double[][] all = new double[constants.length][width];
        for (int k = 0; k < all.length; k++) {
            for (int j = 0; j < rows.size(); j++) {
                all[k][rows.places()[j]] = weights[k][j];
            }
        }
        return Dense.of(Nd4j.createFromArray(all), Nd4j.createFromArray(constants), Activation.IDENTITY);
    }
}
