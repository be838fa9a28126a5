package io.github.flux4j.bench.baseline.tuned;

import io.github.flux4j.bench.baseline.DenseNetwork;

/**
 * A dense layer whose inner loops are long: its weights have a row for each input, or for each output if there are few outputs. Everything
 * is allocated once.
 */
final class TunedDense {

    /** Below it a row of outputs is shorter than a vector register or two. */
    private static final int FEW_OUTPUTS = 16;

    /** Below it transposing the weights costs more than it gains. */
    private static final int FEW_EXAMPLES = 4;

    final DenseNetwork.Layer layer;
    final float[][] weights;
    final float[][] weightSlopes;
    final float[] bias;
    final float[] biasSlopes;

    /** f(z), and ∂loss/∂f(z), which becomes ∂loss/∂z. */
    final float[][] output;

    final float[][] slopes;

    private final boolean rowsAreOutputs;
    private final float[][] transposed;

    TunedDense(DenseNetwork.Layer layer, int examples) {
        int in = layer.inputs();
        int out = layer.outputs();
        this.layer = layer;
        rowsAreOutputs = out < FEW_OUTPUTS;
        weights = rowsAreOutputs ? new float[out][in] : new float[in][out];
        weightSlopes = new float[weights.length][weights[0].length];
        bias = new float[out];
        biasSlopes = new float[out];
        output = new float[examples][out];
        slopes = new float[examples][out];
        transposed = rowsAreOutputs || examples < FEW_EXAMPLES ? null : new float[out][in];
    }

    /** Takes W {@code [out, in]}, row by row, and b from {@code from} at {@code at}. */
    void read(float[] from, int at) {
        for (int j = 0; j < layer.outputs(); j++) {
            for (int k = 0; k < layer.inputs(); k++) {
                weights[rowsAreOutputs ? j : k][rowsAreOutputs ? k : j] = from[at + j * layer.inputs() + k];
            }
        }
        System.arraycopy(from, at + layer.inputs() * layer.outputs(), bias, 0, bias.length);
    }

    void write(float[] to, int at) {
        for (int j = 0; j < layer.outputs(); j++) {
            for (int k = 0; k < layer.inputs(); k++) {
                to[at + j * layer.inputs() + k] = weights[rowsAreOutputs ? j : k][rowsAreOutputs ? k : j];
            }
        }
        System.arraycopy(bias, 0, to, at + layer.inputs() * layer.outputs(), bias.length);
    }

    void forward(float[][] x, int examples) {
        if (rowsAreOutputs) {
            for (int i = 0; i < examples; i++) {
                for (int j = 0; j < bias.length; j++) {
                    output[i][j] = bias[j] + RowProducts.dot(x[i], weights[j]);
                }
            }
        } else {
            RowMatrix.fill(output, examples, bias);
            RowProducts.addProduct(output, examples, x, weights, layer.inputs());
        }
        for (int i = 0; i < examples; i++) {
            TunedActivation.apply(layer.activation(), output[i]);
        }
    }

    /**
     * From ∂loss/∂output to the slopes of the weights and of the input.
     *
     * @param inputSlopes receives ∂loss/∂x; null if nobody asks
     */
    void backward(float[][] x, float[][] inputSlopes, int examples) {
        for (int i = 0; i < examples; i++) {
            TunedActivation.backward(layer.activation(), output[i], slopes[i]);
        }
        RowMatrix.sum(slopes, examples, biasSlopes);
        RowMatrix.clear(weightSlopes, weightSlopes.length);
        if (rowsAreOutputs) {
            RowProducts.addTransposedProduct(weightSlopes, weightSlopes.length, slopes, x, examples);
        } else {
            RowProducts.addTransposedProduct(weightSlopes, weightSlopes.length, x, slopes, examples);
        }
        if (inputSlopes != null) {
            inputSlopes(inputSlopes, examples);
        }
    }

    private void inputSlopes(float[][] inputSlopes, int examples) {
        if (!rowsAreOutputs && transposed == null) {
            for (int i = 0; i < examples; i++) {
                for (int k = 0; k < weights.length; k++) {
                    inputSlopes[i][k] = RowProducts.dot(slopes[i], weights[k]);
                }
            }
            return;
        }
        float[][] byOutput = weights;
        if (!rowsAreOutputs) {
            RowMatrix.transpose(weights, transposed);
            byOutput = transposed;
        }
        RowMatrix.clear(inputSlopes, examples);
        RowProducts.addProduct(inputSlopes, examples, slopes, byOutput, layer.outputs());
    }
}
