package io.github.flux4j.bench.backends;

import io.github.flux4j.bench.comparison.Problems;
import io.github.flux4j.bench.contender.Problem;
import org.nd4j.linalg.api.buffer.DataType;

/** From the start of a process to its first prediction, or to its first training step, with the article's model. */
record StartUp(String name) implements Workload {

    private Problem problem() {
        return Problems.named("article");
    }

    private boolean trains() {
        return name.equals("start-train");
    }

    @Override
    public boolean isStartUp() {
        return true;
    }

    @Override
    public double[] expected() {
        return trains() ? new TrainingStep(name, problem()).expected() : new Prediction(name, problem()).expected();
    }

    @Override
    public double error(double[] actual, double[] expected) {
        return trains()
                ? new TrainingStep(name, problem()).error(actual, expected)
                : Workload.super.error(actual, expected);
    }

    @Override
    public double tolerance(DataType type) {
        return trains() ? new TrainingStep(name, problem()).tolerance(type) : Workload.super.tolerance(type);
    }

    @Override
    public Job start(DataType type) {
        return trains() ? new TrainingStep(name, problem()).start(type) : new Prediction(name, problem()).start(type);
    }

    /** The first results, soon. */
    void first(DataType type) {
        start(type).run();
    }
}
