package io.github.flux4j.bench.baseline.tuned;

import io.github.flux4j.bench.baseline.Network;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * {@link HandRolledTunedMlp} with several threads: each takes an equal part of a batch's rows, with the parameters of all; then each adds up and moves every
 * so many-th row of parameters. Threads wait actively, since a step may take less than it takes to wake one.
 */
public final class HandRolledThreadedMlp implements AutoCloseable {

    private final Network network;
    private final HandRolledTunedMlp[] parts;
    private final float[][][] otherSlopes;
    private final SpinningCrew crew;

    /**
     * Starts from a copy of these parameters.
     *
     * @param examples the most of a batch that a thread gets
     * @param products for each thread
     */
    public HandRolledThreadedMlp(Network network, int examples, List<Products> products, float[] parameters) {
        int threads = products.size();
        this.network = network;
        parts = new HandRolledTunedMlp[threads];
        parts[0] = new HandRolledTunedMlp(network, examples, products.get(0), parameters);
        for (int i = 1; i < threads; i++) {
            parts[i] = new HandRolledTunedMlp(parts[0], examples, products.get(i));
        }
        otherSlopes =
                Arrays.stream(parts).skip(1).map(HandRolledTunedMlp::slopes).toArray(float[][][]::new);
        crew = new SpinningCrew(threads);
    }

    /**
     * One step on a batch.
     *
     * @param x for each thread a row for each of its examples
     * @param y for each thread a row for each of its examples
     */
    public void step(float[][][] x, float[][][] y) {
        if (parts.length == 1) {
            parts[0].step(x[0], y[0]);
            return;
        }
        int examples = 0;
        for (float[][] part : x) {
            examples += part.length;
        }
        int terms = network.loss() == Network.Loss.LOGIT_CROSS_ENTROPY ? examples : examples * network.outputs();
        crew.run(i -> parts[i].gradient(x[i], y[i], terms));
        parts[0].rule().begin();
        crew.run(this::update);
    }

    private void update(int thread) {
        parts[0].rule().update(thread, parts.length, otherSlopes);
    }

    /** Predictions in a thread's own memory, overwritten by its next call. */
    public float[][] predict(float[][] x, int examples, int thread) {
        return parts[thread].predict(x, examples);
    }

    /** Lets each thread do something of its own. */
    public void each(IntConsumer work) {
        crew.run(work);
    }

    /** A copy, in the order of {@link Network}. */
    public float[] parameters() {
        return parts[0].parameters();
    }

    @Override
    public void close() {
        crew.close();
    }
}
