package io.github.flux4j.learn;

import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.prepare.Seed;
import io.github.flux4j.internal.tune.Dimension;
import io.github.flux4j.internal.tune.Search;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The estimators that a tuning tries, and which values each has.
 *
 * @param rounds in which they are thinned out
 */
record Candidates<E extends Estimator<E, ?>>(List<E> estimators, List<Map<String, Object>> values, int rounds) {

    /**
     * Of this tuning.
     *
     * @throws IllegalArgumentException if nothing is tuned, or a value is refused; names the trial
     */
    static <E extends Estimator<E, ?>> Candidates<E> of(Tuning<E, ?> tuning) {
        if (tuning.dimensions.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is nothing to tune; say what, over(\"eta\", (e, eta) -> e.rule(adamW(eta)), logUniform(1e-4, 1e-1))");
        }
        List<E> estimators = new ArrayList<>();
        List<Map<String, Object>> values = new ArrayList<>();
        for (List<Object> combination : tuning.search.candidates(tuning.dimensions, Seed.mix(tuning.seed))) {
            Map<String, Object> named = named(tuning.dimensions, combination);
            estimators.add(changed(tuning.estimator, tuning.dimensions, named));
            values.add(named);
        }
        int epochs = estimators.stream().mapToInt(EstimatorWords::epochs).min().orElseThrow();
        return new Candidates<>(estimators, values, tuning.search.rounds(estimators.size(), epochs));
    }

    private static <E> Map<String, Object> named(List<Dimension<E>> dimensions, List<Object> combination) {
        Map<String, Object> named = new LinkedHashMap<>();
        for (int i = 0; i < combination.size(); i++) {
            named.put(dimensions.get(i).name(), combination.get(i));
        }
        return named;
    }

    private static <E extends Estimator<E, ?>> E changed(
            E estimator, List<Dimension<E>> dimensions, Map<String, Object> values) {
        E changed = estimator;
        for (Dimension<E> dimension : dimensions) {
            Object value = values.get(dimension.name());
            try {
                changed = dimension.change().apply(changed, value);
            } catch (IllegalArgumentException refused) {
                throw new IllegalArgumentException(
                        Names.shown(dimension.name()) + " can't be " + value + ": " + refused.getMessage(), refused);
            }
            if (changed == null) {
                throw new IllegalArgumentException("the lambda that changes " + Names.shown(dimension.name())
                        + " returned null for " + value + "; it must return the estimator");
            }
        }
        return changed;
    }

    int size() {
        return estimators.size();
    }

    /** How many take part in a round. */
    int in(int round) {
        int left = size();
        for (int i = 0; i < round; i++) {
            left = Math.max(1, (left + Search.THIRD - 1) / Search.THIRD);
        }
        return left;
    }

    /** How many epochs its fits are allowed in a round. */
    int epochs(int trial, int round) {
        double epochs = estimators.get(trial).epochs() / Math.pow(Search.THIRD, rounds - 1 - round);
        return Math.max(1, (int) Math.ceil(epochs));
    }

    /** As it is fitted in a round. */
    E estimator(int trial, int round) {
        return estimators.get(trial).epochs(epochs(trial, round));
    }
}
