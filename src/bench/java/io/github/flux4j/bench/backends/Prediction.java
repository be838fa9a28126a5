package io.github.flux4j.bench.backends;

import io.github.flux4j.bench.baseline.HandRolledDoubleMlp;
import io.github.flux4j.bench.contender.Problem;
import io.github.flux4j.layers.Layer;
import org.nd4j.linalg.api.buffer.DataType;

/** A prediction of flux4j's for one batch of one of the comparison's problems, from and into an array. */
record Prediction(String name, Problem problem) implements Workload {

    private float[] features() {
        return problem.batches().get(0).features();
    }

    @Override
    public double[] expected() {
        HandRolledDoubleMlp byHand = new HandRolledDoubleMlp(problem.network(), Product.widened(problem.start()));
        return byHand.predict(Product.widened(features()));
    }

    @Override
    public Job start(DataType type) {
        Layer model = TrainingStep.model(problem, type);
        int count = problem.batchSize() * problem.network().outputs();
        return type == DataType.DOUBLE ? inDouble(model, new double[count]) : inFloat(model, new float[count]);
    }

    private Job inFloat(Layer model, float[] predictions) {
        float[] features = features();
        return new Job() {
            @Override
            public void run() {
                model.predict(features, problem.batchSize(), predictions);
            }

            @Override
            public double[] results() {
                run();
                return Product.widened(predictions);
            }
        };
    }

    private Job inDouble(Layer model, double[] predictions) {
        double[] features = Product.widened(features());
        return new Job() {
            @Override
            public void run() {
                model.predict(features, problem.batchSize(), predictions);
            }

            @Override
            public double[] results() {
                run();
                return predictions;
            }
        };
    }
}
