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
 * A model's trainable arrays, live and in order: of a {@code Dense}, W {@code [out, in]} and b {@code [out]}. Also keeps, for the article's
 * style, what each rule remembers between calls of {@code train}: of the {@value #REMEMBERED} rules used last.
 *
 * <p>Rules are values, so equal ones are one: {@code train(loss, params, data, adam())} in a loop goes on where the last pass ended, as it
 * does with a rule kept in a variable. A rule with other numbers begins anew. Flux differs: its optimisers are objects that hold the state
 * themselves, so each new one starts at zero. To start at zero here, for another run on the same model or a warm restart, use
 * {@code train(loss, data, setup(adam(), model))}; to change a number and keep the state, {@code setup} once and
 * {@link Optimiser#adjust(double)}.
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

    /** The parameters of a model; the same object each time. */
    public static Params of(Layer model) {
        return Objects.requireNonNull(model, "model is null").port().attachment(Params.class, () -> new Params(model));
    }

    /** Whose parameters they are. */
    public Layer model() {
        return model;
    }

    /** This rule with its state for these parameters, which equal rules share. */
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
