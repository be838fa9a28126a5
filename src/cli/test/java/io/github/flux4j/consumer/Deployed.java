package io.github.flux4j.consumer;

import static io.github.flux4j.Flux4j.*;
import static io.github.flux4j.learn.Learn.*;

import io.github.flux4j.backend.Backend;
import io.github.flux4j.engine.Kernel;
import io.github.flux4j.io.onnx.Onnx;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.predict.Predictor;
import io.github.flux4j.table.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What an application in a server does with flux4j: all that could leave something behind in ND4J, in the server's threads or in the JDK. */
public final class Deployed implements Runnable {

    @Override
    public void run() {
        try {
            learn("lean");
            learn("dl4j");
            estimate();
            Backend.report();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("try") // the scope is there to be closed
    private static void learn(String engine) throws Exception {
        seed(1);
        try (Backend.Scope onEngine = Backend.engine(engine)) {
            Chain model = chain(
                    dense(8, 64, TANH),
                    dense(64, 64, Activation.of("cubic", x -> x * x * x, (x, y) -> 3 * x * x)),
                    Layer.of("negative", new Negative()),
                    batchNorm(64),
                    dropout(0.1),
                    dense(64, 1));
            Optimiser optimiser = setup(optimiserChain(clipNorm(1), adam(0.001)), model);
            INDArray x = rows(new double[4096][8]).addi(0.5); // so many that helpers work on them
            LossFunction own =
                    LossFunction.of("fourth", (yhat, y) -> yhat.sub(y).pow(4).mean());
            for (LossFunction loss : List.of(MSE, own)) {
                train(loss, model, List.of(batch(x, x.getColumns(0))), optimiser);
            }
            model.predict(x);
        }
        Chain plain = chain(dense(8, 16, GELU), dense(16, 1));
        Path file = Files.createTempFile("deployed", ".flux4j");
        save(plain, file);
        load(file).predict(rows(new double[4][8]));
        Predictor.load(file).predict(new double[8]);
        Onnx.export(plain, file);
        Onnx.read(file);
        Files.delete(file);
    }

    private static void estimate() {
        double[][] rows = new double[60][];
        Arrays.setAll(rows, i -> new double[] {i % 10, i % 7, i % 10 + i % 7});
        Table table = Table.of(rows, "a", "b", "sum");
        regressor().epochs(2).fit(table, "sum").report().page();
    }

    /** y = −x. */
    private record Negative() implements Kernel {
        @Override
        public void forward(Pass pass, double[] x, double[] y) {
            Arrays.setAll(y, i -> -x[i]);
        }

        @Override
        public void backward(Pass pass, double[] x, double[] y, double[] dy, double[] dx, double[] dParameters) {
            Arrays.setAll(dx, i -> -dy[i]);
        }
    }
}
