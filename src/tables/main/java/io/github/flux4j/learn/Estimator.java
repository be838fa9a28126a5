package io.github.flux4j.learn;

import io.github.flux4j.internal.events.FlightEvents;
import io.github.flux4j.internal.fit.Derivation;
import io.github.flux4j.internal.fit.Trained;
import io.github.flux4j.internal.prepare.EstimatorSettings;
import io.github.flux4j.internal.prepare.Goal;
import io.github.flux4j.internal.prepare.Prepared;
import io.github.flux4j.table.Folds;
import io.github.flux4j.table.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Trains a model on a table: an immutable value, made by {@code regressor()} or {@code classifier()}. Each word returns a copy with one setting changed; without an
 * argument it returns the setting. Safe for any thread.
 *
 * <p>By default, ten networks train side by side for at most 400 epochs, each without its own tenth of the rows. The epoch with the lowest loss on the held-out
 * tenths together counts for all networks. The model averages their predictions and reports the error on the held-out rows.
 *
 * <p>For 10 000 rows or more, if network, rule, schedule, epochs and patience are all unchanged, the networks have no dropout, and the learning rate falls from 0.003
 * to 0 in 30·(10 000 / rows)^0.4 epochs.
 *
 * @param <E> the estimator itself
 * @param <F> the fitted model
 */
public abstract sealed class Estimator<E extends Estimator<E, F>, F extends Fitted> extends EstimatorWords<E>
        permits Regressor, Classifier {

    Estimator(EstimatorSettings settings) {
        super(settings);
    }

    /**
     * Changes a setting by its name, from text as {@link #text()} writes it: {@code with("epochs", "100")}. It also knows the names that {@code tune} knows,
     * {@code with("hidden", "128, 64")}, and the words {@code penalty} and {@code periodic}.
     *
     * @throws IllegalArgumentException if there is no such setting, with the three nearest names, or it refuses the text
     */
    public E with(String name, String text) {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(text, "text is null");
        return Tunable.with(of(settings()), name, text);
    }

    /**
     * Changes a number by the name that {@code tune} knows ({@link Tuning#names}): {@code with("dropout", 0)}.
     *
     * @throws IllegalArgumentException if there is no such name, the network or rule lacks it, or the number is refused; lists the known names
     */
    public E with(String name, double value) {
        return Tunable.with(of(settings()), Objects.requireNonNull(name, "name is null"), value);
    }

    /** What the target of rows that all have one means. */
    abstract Goal goal(Table known, String target);

    /** A table as networks see it. */
    abstract Prepared prepared(EstimatorSettings settings, Table table, String... targets);

    Derivation derivation(Table table, String... targets) {
        return Derivation.of(settings(), derived -> prepared(derived, table, targets));
    }

    Trained trained(Table table, String... targets) {
        Derivation found = derivation(table, targets);
        return Trained.of(found.settings(), found.data(), null);
    }

    /**
     * All settings as text, one per line after {@code regressor} or {@code classifier}; {@link #parse} reads it. It lacks a validation table and the progress
     * listener.
     *
     * @throws IllegalArgumentException if a setting has no text, such as a network given as a lambda
     */
    public String text() {
        return text(kind(), settings().texts());
    }

    static String text(String kind, Map<String, String> settings) {
        StringBuilder text = new StringBuilder(kind);
        settings.forEach(
                (name, value) -> text.append('\n').append(name).append(": ").append(value));
        return text.toString();
    }

    /** {@code regressor} or {@code classifier}. */
    abstract String kind();

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException if the text is not an estimator's
     */
    public static Estimator<?, ?> parse(String text) {
        String[] lines = Objects.requireNonNull(text, "text is null").split("\n");
        Estimator<?, ?> read = switch (lines[0].strip()) {
            case "regressor" -> Regressor.of();
            case "classifier" -> Classifier.of();
            default ->
                throw new IllegalArgumentException(
                        "an estimator's text must begin with regressor or classifier, but this one begins with "
                                + lines[0]);
        };
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(": ");
            if (colon < 0) {
                throw new IllegalArgumentException(
                        "expected a setting such as epochs: 400 in line " + (i + 1) + ", but got " + lines[i]);
            }
            read = read.with(lines[i].substring(0, colon), lines[i].substring(colon + 2));
        }
        return read;
    }

    /** All settings by name, as readable text; a lambda is {@code one of your own}. */
    public Map<String, String> described() {
        return new LinkedHashMap<>(settings().shown());
    }

    /**
     * Trains a model on a table.
     *
     * @param targets the columns to predict
     * @throws IllegalArgumentException if a column is missing, or the table has nothing to learn from; says what to do
     * @throws ArithmeticException if training diverges
     */
    public F fit(Table table, String... targets) {
        FlightEvents.Fit event = new FlightEvents.Fit();
        event.begin();
        F fitted = fitted(trained(table, targets));
        event.rows = table.rows();
        event.targets = String.join(", ", targets);
        event.commit();
        return fitted;
    }

    /**
     * Continues an earlier fit, as MLJFlux does, if only {@code epochs} grew: k epochs and k more equal 2k, to the bit. It starts from the earlier weights, the
     * rule's state and the place in the random sequence. With another rule it keeps the weights, and the state if the rule is of the same kind.
     *
     * <p>If anything else changed, rows and columns included, or the earlier fit was interrupted within an epoch, it starts again, and the report says why. The
     * earlier model is unchanged.
     */
    public F resume(F earlier, Table table, String... targets) {
        Objects.requireNonNull(earlier, "the earlier fit is null");
        Derivation found = derivation(table, targets);
        return fitted(Trained.resumed(earlier.earlier(), found.settings(), found.data()));
    }

    /** Goes on from a model that may be of a file. */
    F further(Fitted earlier, Table rows) {
        String[] targets = earlier.targets().toArray(String[]::new);
        Prepared data =
                Prepared.again(rows, earlier.model().goal(), earlier.model().preparation(), settings(), targets);
        return fitted(Trained.from(earlier.networks(), settings(), data));
    }

    /**
     * k folds for this estimator: they respect {@code groupedBy} and {@code orderedBy}; else they are random, stratified for a classifier. {@code crossValidate},
     * {@code tune} and {@code learningCurve} use five unless they get others.
     *
     * @throws IllegalArgumentException if k is below 2
     */
    public Folds folds(int k) {
        Folds folds = Folds.kfold(k);
        return this instanceof Classifier && !settings().isDivided()
                ? folds.stratified()
                : settings().divided(folds);
    }

    /** What predicts with these networks. */
    abstract F fitted(Trained trained);

    @Override
    public String toString() {
        Map<String, String> usual = (this instanceof Regressor ? Regressor.of() : Classifier.of()).described();
        StringBuilder text = new StringBuilder(kind()).append("()");
        described().forEach((name, value) -> {
            if (!value.equals(usual.get(name))) {
                text.append('.').append(name).append('(').append(value).append(')');
            }
        });
        return text.toString();
    }
}
