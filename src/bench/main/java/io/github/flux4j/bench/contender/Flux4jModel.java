package io.github.flux4j.bench.contender;

import static io.github.flux4j.Flux4j.batch;
import static io.github.flux4j.Flux4j.params;
import static io.github.flux4j.Flux4j.setup;
import static io.github.flux4j.Flux4j.train;

import io.github.flux4j.bench.baseline.DenseNetwork;
import io.github.flux4j.data.Batch;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.losses.Loss;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.optimise.Params;
import io.github.flux4j.optimise.Rule;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * flux4j in the article's style; the engine is the one that the JVM's {@code -Dflux4j.engine} names, or flux4j's own choice.
 *
 * <p>With {@link FluxNetwork} the only class of the comparison that calls flux4j, by words that all its commits have, since
 * {@code scripts/compare --against} compiles both against other commits.
 */
final class Flux4jModel implements Contender {

    private static final String WITHOUT_ONEDNN = "-Dflux4j.onednn=false";

    static final Entrant OF_ITS_CHOICE = flux4j("flux4j", WITHOUT_ONEDNN);
    static final Entrant WITH_ONEDNN =
            Entrant.of("flux4j with oneDNN on its class path", Entrant.Kind.FLUX4J, Flux4jModel::withOneDnn);
    static final Entrant ON_DL4J = on("dl4j", "flux4j on its DL4J engine");
    static final Entrant ON_LEAN = on("lean", "flux4j on its lean engine");

    private final DenseNetwork network;
    private final Layer model;
    private final Loss loss;
    private final INDArray start;
    private final Params params;
    private final Rule rule;

    /** Once it began again, since the parameters remember what the rule does; null before. */
    private Optimiser optimiser;

    private final Turns<List<Batch>> data;

    private static Entrant on(String engine, String title) {
        return flux4j(title, "-Dflux4j.engine=" + engine, WITHOUT_ONEDNN);
    }

    private static Entrant flux4j(String title, String... properties) {
        return Entrant.of(title, Entrant.Kind.FLUX4J, Flux4jModel::new).withJvm(properties);
    }

    private static Contender withOneDnn(Problem problem, DataType type) {
        try {
            Class.forName("org.bytedeco.dnnl.global.dnnl", false, Flux4jModel.class.getClassLoader());
        } catch (ClassNotFoundException absent) {
            throw new UnsupportedOperationException("oneDNN is not on the class path; compare with --peers", absent);
        }
        return new Flux4jModel(problem, type);
    }

    private Flux4jModel(Problem problem, DataType type) {
        if (type != DataType.FLOAT && type != DataType.DOUBLE) {
            throw new UnsupportedOperationException("flux4j's models are of float or double");
        }
        network = problem.network();
        model = FluxNetwork.model(network, type, problem.wideStart());
        loss = FluxNetwork.loss(network.loss()).bind(model);
        params = params(model);
        start = model.flatParameters().dup();
        rule = FluxNetwork.rule(network.rule());
        data = new Turns<>(
                problem.batches().stream().map(slice -> data(slice, type)).toList());
    }

    private List<Batch> data(Problem.Slice slice, DataType type) {
        return List.of(
                batch(rows(slice.features(), network.inputs(), type), rows(slice.targets(), network.outputs(), type)));
    }

    private static INDArray rows(float[] values, int columns, DataType type) {
        return Nd4j.createFromArray(values).castTo(type).reshape('c', values.length / columns, columns);
    }

    @Override
    public void step() {
        if (optimiser == null) {
            train(loss, params, data.next(), rule);
        } else {
            train(loss, data.next(), optimiser);
        }
    }

    @Override
    public void restart() {
        model.flatParameters().assign(start);
        optimiser = setup(rule, model);
        data.restart();
    }

    @Override
    public float[] parameters() {
        return model.flatParameters().dup().data().asFloat();
    }

    @Override
    public void predict(float[] x, float[] y) {
        model.predict(x, x.length / network.inputs(), y);
    }

    @Override
    public boolean predictsForThreads() {
        return true;
    }
}
