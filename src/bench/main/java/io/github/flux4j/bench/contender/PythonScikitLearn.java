package io.github.flux4j.bench.contender;

import io.github.flux4j.bench.baseline.DenseNetwork;
import io.github.flux4j.bench.baseline.DenseNetwork.Activation;
import java.util.List;
import java.util.stream.IntStream;

/**
 * scikit-learn in Python: {@code MLPRegressor} or {@code MLPClassifier}, whose {@code partial_fit} on one batch is one step. It does only what these can
 * be made equal to.
 */
final class PythonScikitLearn {

    static final Entrant ITSELF = PythonProcess.entrant("scikit-learn in Python", PythonScikitLearn::start)
            .addingEpsilonElsewhere();

    private static final PythonProcess.Library LIBRARY =
            new PythonProcess.Library("scikit-learn", "sklearn", "scikit_learn", "python3-sklearn");

    /** With two classes it has one output and the logistic function. */
    private static final int FEWEST_CLASSES = 3;

    private PythonScikitLearn() {}

    private static Contender start(Problem problem) {
        requireHas(problem.network());
        if (problem.network().loss() == DenseNetwork.Loss.LOGIT_CROSS_ENTROPY) {
            requireOneHot(problem);
        }
        return new PythonProcess(problem, LIBRARY, "");
    }

    private static void requireHas(DenseNetwork network) {
        List<DenseNetwork.Layer> hidden =
                network.layers().subList(0, network.layers().size() - 1);
        Activation last = network.layers().get(hidden.size()).activation();
        require(last == Activation.IDENTITY, "scikit-learn has no " + last + " after the last layer");
        require(
                hidden.stream().map(DenseNetwork.Layer::activation).distinct().count() <= 1,
                "scikit-learn has one activation for all hidden layers");
        require(
                network.loss() != DenseNetwork.Loss.MAE,
                "scikit-learn's networks minimise the squared error or the cross-entropy, not " + network.loss());
    }

    private static void requireOneHot(Problem problem) {
        int classes = problem.network().outputs();
        require(
                classes >= FEWEST_CLASSES,
                "scikit-learn's classifier has a softmax from " + FEWEST_CLASSES + " classes on, not for " + classes);
        float[] targets = problem.targets();
        require(
                IntStream.range(0, targets.length / classes)
                        .allMatch(row -> isOneHot(targets, row * classes, (row + 1) * classes)),
                "scikit-learn's classifier learns labels, and these targets are not one-hot");
    }

    private static boolean isOneHot(float[] targets, int from, int to) {
        return IntStream.range(from, to).filter(i -> targets[i] != 0).count() == 1
                && IntStream.range(from, to).anyMatch(i -> targets[i] == 1);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new UnsupportedOperationException(otherwise);
        }
    }
}
