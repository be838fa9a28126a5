package io.github.flux4j.layers;

import static io.github.flux4j.Flux4j.*;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.engine.Join;
import io.github.flux4j.engine.Kernel;
import io.github.flux4j.values.Parts;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Every kind of layer, one line each, as one that turns rows of three into rows of three. */
public final class Layers {

    /**
     * How to make it, and how it prints within a chain.
     *
     * @param arrays how many trainable arrays it has
     * @param random whether it draws numbers while training
     */
    public record Known(String line, Supplier<Layer> make, int arrays, boolean random) {

        Known(String line, Supplier<Layer> make, int arrays) {
            this(line, make, arrays, false);
        }

        /** Whether a part of it is a user's own. */
        public boolean isOwn() {
            return !ownParts(make.get()).isEmpty();
        }

        /** The engines that compute it. */
        public List<String> engines() {
            return BRANCHING.contains(this) ? List.of("lean") : ForcedEngine.ALL;
        }

        /** Between two dense layers, which pass on what comes from before and what comes back. */
        public Chain inChain() {
            return chain(dense(2, 3, TANH), make.get(), dense(3, 2));
        }

        @Override
        public String toString() {
            return line.split(",? +#")[0].strip();
        }
    }

    private static final List<Known> ALL = List.of(
            new Known("Dense(3 => 3),                        # 12 parameters", () -> dense(3, 3), 2),
            new Known("Dense(3 => 3, gelu),                  # 12 parameters", () -> dense(3, 3, GELU), 2),
            new Known("Dense(3 => 3, softmax),               # 12 parameters", () -> dense(3, 3, SOFTMAX), 2),
            new Known("Dense(3 => 3, logsoftmax),            # 12 parameters", () -> dense(3, 3, LOGSOFTMAX), 2),
            new Known(
                    "Dense(3 => 3; bias=false),            # 9 parameters",
                    () -> dense(3, 3).withoutBias(),
                    1),
            new Known("Scale(3),                             # 6 parameters", () -> scale(3), 2),
            new Known("Scale(3, tanh),                       # 6 parameters", () -> scale(3, TANH), 2),
            new Known("Scale(3; bias=false),                 # 3 parameters", () -> scale(3).withoutBias(), 1),
            new Known("LayerNorm(3),                         # 6 parameters", () -> layerNorm(3), 2),
            new Known("LayerNorm(3, tanh),                   # 6 parameters", () -> layerNorm(3, TANH), 2),
            new Known("LayerNorm(3, affine=false),", () -> layerNorm(3).withoutAffine(), 0),
            new Known("BatchNorm(3),                         # 6 parameters, plus 6", () -> batchNorm(3), 2),
            new Known("BatchNorm(3, tanh),                   # 6 parameters, plus 6", () -> batchNorm(3, TANH), 2),
            new Known("BatchNorm(3, affine=false),", () -> batchNorm(3).withoutAffine(), 0),
            new Known(
                    "BatchNorm(3),                         # 6 parameters",
                    () -> batchNorm(3).withoutTrackStats(),
                    2),
            new Known(
                    "BatchNorm(3, affine=false),",
                    () -> batchNorm(3).withoutAffine().withoutTrackStats(),
                    0),
            new Known("Dropout(0.4),", () -> dropout(0.4), 0, true),
            new Known("Dropout(0.4, dims=0),", () -> dropout(0.4).withDims(0), 0, true),
            new Known("Dropout(0.4, dims=1),", () -> dropout(0.4).withDims(1), 0, true),
            new Known("AlphaDropout(0.4),", () -> alphaDropout(0.4), 0, true),
            new Known("swish,", () -> SWISH, 0),
            new Known("rrelu,", () -> RRELU, 0, true),
            new Known("rrelu(0.1, 0.2),", () -> rrelu(0.1, 0.2), 0, true),
            new Known("softmax,", () -> SOFTMAX, 0),
            new Known("logsoftmax,", () -> LOGSOFTMAX, 0),
            new Known("twice,", () -> Layer.of("twice", new Twice()), 0),
            new Known("gate,                                 # 6 parameters", () -> Layer.of("gate", new Gate(3)), 2),
            new Known("Chain(", () -> chain(dense(3, 4, TANH), scale(4), dense(4, 3)), 6),
            new Known("Embedding(3 => 3),                    # 9 parameters", () -> embedding(3, 3), 1),
            new Known("Periodic(3 => 3; frequencies=4),      # 39 parameters", () -> periodic(3, 4, 1), 4),
            new Known("straight,                             # 12 parameters", Layers::straight, 2));

    /** Layers side by side, which only the lean engine computes. */
    private static final List<Known> BRANCHING = List.of(
            new Known("Parallel(", () -> parallel(SUM, dense(3, 3, TANH), dense(3, 3), SWISH), 4),
            new Known("Parallel(", () -> parallel(CONCAT, columns(0, 1), columns(1, 3, embedding(2, 2))), 1),
            new Known("Parallel(", () -> parallel(PRODUCT, dense(3, 3), batchNorm(3)), 4),
            new Known("Parallel(", () -> parallel(new Mean(), dense(3, 3), layerNorm(3)), 4),
            new Known("Columns(0, 3),", () -> columns(0, 3), 0),
            new Known("Columns(", () -> columns(0, 3, dense(3, 3)), 2),
            new Known("SkipConnection(", () -> skipConnection(dense(3, 3, TANH), SUM), 2),
            new Known(
                    "SkipConnection(",
                    () -> skipConnection(
                            chain(dense(3, 4), batchNorm(4, RELU), skipConnection(scale(4, TANH), MAX), dense(4, 3)),
                            SUM),
                    8),
            new Known("SkipConnection(", () -> skipConnection(Layer.of("gate", new Gate(3)), PRODUCT), 2),
            new Known("SkipConnection(", () -> skipConnection(chain(dense(3, 3), dropout(0.4)), SUM), 2, true),
            new Known("Maxout(", () -> maxout(dense(3, 3), dense(3, 3), dense(3, 3)), 6));

    /** {@code y = (b₁ + b₂ + …)/n}: a join of a user's own. */
    public record Mean() implements Join {

        @Override
        public String word() {
            return "mean";
        }

        @Override
        public int outputs(int... branches) {
            return branches[0];
        }

        @Override
        public void forward(double[][] branches, double[] y) {
            Arrays.fill(y, 0);
            for (double[] branch : branches) {
                for (int j = 0; j < y.length; j++) {
                    y[j] += branch[j] / branches.length;
                }
            }
        }

        @Override
        public void backward(double[][] branches, double[] y, double[] dy, double[][] dBranches) {
            for (double[] slopes : dBranches) {
                for (int j = 0; j < y.length; j++) {
                    slopes[j] = dy[j] / branches.length;
                }
            }
        }
    }

    /** Flux's {@code struct Affine}: a layer of a user's own by its formula. */
    public static Layer straight() {
        return Layer.of(
                "straight",
                (x, p) -> x.mmul(p.get("w").permute(1, 0)).add(p.get("b")),
                parameter("w", 3, 3, Initialisers.GLOROT_UNIFORM),
                parameter("b", 3, Initialisers.ZEROS));
    }

    /** {@code y = 2x}: a kernel of a user's own. */
    public record Twice() implements Kernel {

        @Override
        public boolean rowsAreIndependent() {
            return true;
        }

        @Override
        public void forward(Pass pass, double[] x, double[] y) {
            for (int i = 0; i < pass.rows() * pass.columns(); i++) {
                y[i] = 2 * x[i];
            }
        }

        @Override
        public void backward(Pass pass, double[] x, double[] y, double[] dy, double[] dx, double[] dParameters) {
            for (int i = 0; i < pass.rows() * pass.columns(); i++) {
                dx[i] = 2 * dy[i];
            }
        }
    }

    /** {@code y = a ∘ x·|b|² + b}: a kernel of a user's own with parameters a, then b. */
    public record Gate(int size) implements Kernel {

        @Override
        public int parameters() {
            return 2 * size;
        }

        @Override
        public int[] arrays() {
            return new int[] {size, size};
        }

        @Override
        public double[] start(RandomGenerator random) {
            return random.doubles(parameters(), -1, 1).toArray();
        }

        @Override
        public int inputs() {
            return size;
        }

        @Override
        public void forward(Pass pass, double[] x, double[] y) {
            double[] p = pass.parameters();
            for (int i = 0; i < pass.rows() * size; i++) {
                int j = i % size;
                y[i] = p[j] * x[i] * p[size + j] * p[size + j] + p[size + j];
            }
        }

        @Override
        public void backward(Pass pass, double[] x, double[] y, double[] dy, double[] dx, double[] dParameters) {
            double[] p = pass.parameters();
            Arrays.fill(dParameters, 0);
            for (int i = 0; i < pass.rows() * size; i++) {
                int j = i % size;
                double b = p[size + j];
                dx[i] = p[j] * b * b * dy[i];
                dParameters[j] += x[i] * b * b * dy[i];
                dParameters[size + j] += (2 * p[j] * x[i] * b + 1) * dy[i];
            }
        }
    }

    /** Parts that read the layers of a user's own. */
    public static final Parts PARTS = Parts.of()
            .value(Join.class, "mean", new Mean())
            .word(Layer.class, "twice", arguments -> Layer.of("twice", new Twice()))
            .word(Layer.class, "straight", arguments -> straight())
            .word(Layer.class, "gate", arguments -> Layer.of("gate", new Gate(3)));

    private Layers() {}

    /** The parts of a user's own that a layer's text names. */
    public static List<String> ownParts(Layer layer) {
        List<String> words = List.of(layer.text().split("[^\\p{L}]+"));
        return PARTS.names().stream().filter(words::contains).toList();
    }

    /** All of them. */
    public static List<Known> all() {
        return Stream.concat(ALL.stream(), BRANCHING.stream()).toList();
    }

    /** Those that both engines compute. */
    public static List<Known> ofBothEngines() {
        return ALL;
    }

    /** Those of both engines that compute the same each time. */
    public static List<Known> repeatable() {
        return ALL.stream().filter(known -> !known.random()).toList();
    }
}
