package io.github.flux4j.optimise;

import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Parameter;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model's trainable arrays, live and in order; for a {@code Dense} W {@code [out, in]} and b {@code [out]}. For the article's style it also keeps the state
 * of the last {@value #REMEMBERED} rules between calls of {@code train}. Not thread-safe.
 *
 * <p>Equal rules share their state, so {@code train(loss, params, data, adam())} in a loop continues where the last pass ended; a rule with other numbers
 * starts anew. In Flux, by contrast, each new optimiser object starts at zero. To start at zero here, as for a warm restart, use {@code train(loss, data,
 * setup(adam(), model))}. To change a number and keep the state, call {@code setup} once and then {@link Optimiser#adjust(double)}.
 */
public final class Params extends AbstractList<INDArray> {

    private static final int REMEMBERED = 8;

    private final Layer model;
    private final List<Remembered> remembered = new ArrayList<>();

    /** A rule as it was given; the optimiser's own changes when it is adjusted. */
    private record Remembered(Rule rule, Optimiser optimiser) {}

    private Params(Layer model) {
        this.model = model;
    }

    /** Returns the parameters of a model, the same object each time. */
    public static Params of(Layer model) {
        return Objects.requireNonNull(model, "model is null").port().attachment(Params.class, () -> new Params(model));
    }

    /** Returns the model that the parameters belong to. */
    public Layer model() {
        return model;
    }

    /** Returns the optimiser that keeps this rule's state for these parameters; equal rules share it. */
    public Optimiser optimiser(Rule rule) {
        Objects.requireNonNull(rule, "rule is null");
        for (int i = 0; i < remembered.size(); i++) {
            Remembered known = remembered.get(i);
            if (known.rule == rule || known.rule.equals(rule)) {
                if (i > 0) {
                    remembered.add(0, remembered.remove(i));
                }
                return known.optimiser;
            }
        }
        remembered.add(0, new Remembered(rule, new Optimiser(rule, model)));
        if (remembered.size() > REMEMBERED) {
            remembered.remove(REMEMBERED);
        }
        return remembered.get(0).optimiser;
    }

    @Override
    public INDArray get(int i) {
        return model.trainables().get(i).values();
    }

    @Override
    public int size() {
        return model.trainables().size();
    }

    /** {@code Params([Float32[0.9066542], Float32[0.0]])}, as Flux prints them. */
    @Override
    public String toString() {
        return model.trainables().stream().map(Parameter::toJulia).collect(Collectors.joining(", ", "Params([", "])"));
    }
}
