package io.github.flux4j.bench.contender;

import io.github.flux4j.bench.baseline.tuned.HandRolledThreadedMlp;
import io.github.flux4j.bench.baseline.tuned.PlainProducts;
import io.github.flux4j.bench.baseline.tuned.Products;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The fastest plain Java, on one thread or several, and the same with products by the Vector API. Its data lies as it likes it: for each thread an array for each of its examples. */
final class HandRolledTuned implements Contender {

    private record Parts(float[][][] features, float[][][] targets) {}

    private final HandRolledThreadedMlp mlp;
    private final Turns<Parts> batches;
    private final int threads;
    private final String aboutProducts;
    private final int batchSize;
    private final int inputs;
    private final int outputs;

    /** For each thread its rows of a batch. */
    private final float[][][] room;

    static Contender onOneThread(Problem problem) {
        return start(problem, 1, PlainProducts::new);
    }

    static Contender onAThreadACore(Problem problem) {
        return start(problem, threads(problem), PlainProducts::new);
    }

    static Contender withVectors(Problem problem) {
        return start(problem, threads(problem), HandRolledTuned::vectorProducts);
    }

    private static int threads(Problem problem) {
        return Math.min(Runtime.getRuntime().availableProcessors(), problem.batchSize());
    }

    /** Of a class that only a later Java compiles. */
    private static Products vectorProducts() {
        try {
            return (Products) Class.forName("io.github.flux4j.bench.vector.VectorProducts")
                    .getConstructor()
                    .newInstance();
        } catch (ClassNotFoundException absent) {
            throw new UnsupportedOperationException("not on the class path; the harness compiles it", absent);
        } catch (ReflectiveOperationException broken) {
            throw new LinkageError("VectorProducts", broken);
        }
    }

    private static Contender start(Problem problem, int threads, Supplier<Products> products) {
        return HandRolledLine.fits(problem)
                ? new HandRolledLine(problem)
                : new HandRolledTuned(
                        problem, Stream.generate(products).limit(threads).toList());
    }

    private HandRolledTuned(Problem problem, List<Products> products) {
        threads = products.size();
        aboutProducts = products.get(0).about();
        batchSize = problem.batchSize();
        inputs = problem.network().inputs();
        outputs = problem.network().outputs();
        int most = (batchSize + threads - 1) / threads;
        mlp = new HandRolledThreadedMlp(problem.network(), most, products, problem.start());
        batches = new Turns<>(problem.batches().stream()
                .map(batch -> new Parts(parts(batch.features(), inputs), parts(batch.targets(), outputs)))
                .toList());
        room = new float[threads][most][inputs];
    }

    private float[][][] parts(float[] values, int columns) {
        float[][] rows = new float[values.length / columns][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(values, i * columns, (i + 1) * columns));
        float[][][] parts = new float[threads][][];
        Arrays.setAll(parts, i -> Arrays.copyOfRange(rows, begin(i, rows.length), begin(i + 1, rows.length)));
        return parts;
    }

    /** The first of so many rows that is a thread's. */
    private int begin(int thread, int rows) {
        return rows * thread / threads;
    }

    @Override
    public void step() {
        Parts batch = batches.next();
        mlp.step(batch.features(), batch.targets());
    }

    @Override
    public float[] parameters() {
        return mlp.parameters();
    }

    @Override
    public void predict(float[] x, float[] y) {
        int examples = x.length / inputs;
        for (int from = 0; from < examples; from += batchSize) {
            int first = from;
            int count = Math.min(batchSize, examples - from);
            mlp.each(thread -> predict(x, y, first + begin(thread, count), first + begin(thread + 1, count), thread));
        }
    }

    private void predict(float[] x, float[] y, int from, int to, int thread) {
        float[][] rows = room[thread];
        for (int i = from; i < to; i++) {
            System.arraycopy(x, i * inputs, rows[i - from], 0, inputs);
        }
        float[][] predictions = mlp.predict(rows, to - from, thread);
        for (int i = from; i < to; i++) {
            System.arraycopy(predictions[i - from], 0, y, i * outputs, outputs);
        }
    }

    @Override
    public String about() {
        return threads
                + (threads == 1 ? " thread" : " threads")
                + (aboutProducts.isEmpty() ? "" : ", " + aboutProducts);
    }

    @Override
    public void close() {
        mlp.close();
    }
}
