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
 * How to make a model of a table: an immutable value. Each word gives another estimator with one setting changed, and without an argument says
 * what it is. Left alone, several networks are trained in step, each without its own share of the rows; the epoch with the best joint loss on these
 * shares counts for all, and tells how good the model is.
 *
 * <table>
 * <caption>Settings unless they are changed</caption>
 * <tr><td>network</td><td>{@code dense(64, relu), dropout(0.1), dense(64, relu), dropout(0.1), dense}</td></tr>
 * <tr><td>rule</td><td>{@code adamW(0.001, 0.01)}, biases not decayed</td></tr>
 * <tr><td>networks</td><td>10; 5 from 5000 rows on, 3 from 50 000</td></tr>
 * <tr><td>epochs, patience</td><td>400 at most, 40</td></tr>
 * <tr><td>batchSize</td><td>32; 64 from 1200 rows on, 128 from 3000, 256 from 10 000; a last partial batch is dropped</td></tr>
 * <tr><td>from 10 000 rows on</td><td>no dropout, and a learning rate that falls from 0.003 to 0 in 30 epochs, in fewer of more rows, unless something is said of network or training</td></tr>
 * <tr><td>periodic</td><td>16 frequencies, 8 from 50 000 rows on, for each column of numbers; none above 30 such columns or below ten rows for each</td></tr>
 * <tr><td>inputRate, curves</td><td>30, true</td></tr>
 * <tr><td>seed</td><td>0: the same data give the same model, on any number of threads</td></tr>
 * </table>
 *
 * @param <E> the estimator itself
 * @param <F> what it gives when it is fitted
 */
public abstract sealed class Estimator<E extends Estimator<E, F>, F extends Fitted> extends EstimatorWords<E>
        permits Regressor, Classifier {

    Estimator(EstimatorSettings settings) {
        super(settings);
    }

    /**
     * A setting by name, from text, as {@link #text()} writes it.
     *
     * @throws IllegalArgumentException if there is none of that name, or the text is refused
     */
    public E with(String name, String text) {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(text, "text is null");
        return of(settings().with(name, text));
    }

    /**
     * A number by the name that {@code tune} knows it by, such as {@code with("dropout", 0)}: a setting, or something of the network or the rule.
     *
     * @throws IllegalArgumentException if there is none of that name, in the network or the rule either, or the number is refused; names those that are known
     */
    public E with(String name, double value) {
        return Tunable.with(of(settings()), Objects.requireNonNull(name, "name is null"), value);
    }

    /** What the target of rows that all have one means. */
    abstract Goal goal(Table known, String target);

    /** A table as networks see it. */
    abstract Prepared prepared(EstimatorSettings settings, Table table, String... targets);

    private Derivation derivation(Table table, String... targets) {
        return Derivation.of(settings(), derived -> prepared(derived, table, targets));
    }

    Trained trained(Table table, String... targets) {
        Derivation found = derivation(table, targets);
        return Trained.of(found.settings(), found.data(), null);
    }

    /**
     * All settings as text, a line each, after a line that says what it is: what {@link #parse} reads. Not a validation table, nor progress.
     *
     * @throws IllegalArgumentException if something can't be written, such as a network given as a lambda
     */
    public String text() {
        StringBuilder text = new StringBuilder(kind());
        settings()
                .texts()
                .forEach((name, value) ->
                        text.append('\n').append(name).append(": ").append(value));
        return text.toString();
    }

    /** {@code regressor} or {@code classifier}. */
    abstract String kind();

    /**
     * What {@link #text} wrote.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Estimator<?, ?> parse(String text) {
        String[] lines = Objects.requireNonNull(text, "text is null").split("\n");
        Estimator<?, ?> read = switch (lines[0].strip()) {
            case "regressor" -> Regressor.of();
            case "classifier" -> Classifier.of();
            default ->
                throw new IllegalArgumentException(
                        "an estimator's text begins with regressor or classifier, but this with " + lines[0]);
        };
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(": ");
            if (colon < 0) {
                throw new IllegalArgumentException("a setting, such as epochs: 400, was expected in line " + (i + 1)
                        + ", but there is " + lines[i]);
            }
            read = read.with(lines[i].substring(0, colon), lines[i].substring(colon + 2));
        }
        return read;
    }

    /** Every setting by name, as text for people. */
    public Map<String, String> described() {
        return new LinkedHashMap<>(settings().shown());
    }

    /**
     * Makes a model of a table.
     *
     * @param targets the columns to be predicted
     * @throws IllegalArgumentException if there is no such column, or nothing can be learnt from the table; with what to do
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
     * Goes on with an earlier fit, as MLJFlux does, where only {@code epochs} grew: from its weights, the rule's state and its place in the sequence of
     * chance, so that k and k epochs more are 2k, to the bit. With another rule it goes on with the weights, and the state where the kind is the same.
     * Where anything else has changed, rows and columns included, or the earlier fit was interrupted within an epoch, it starts again, and the report
     * says why. The earlier model stays as it is.
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
     * So many folds that keep together what {@code groupedBy} and {@code orderedBy} do; else by chance, of a classifier with the share of each class.
     * {@code crossValidate}, {@code tune} and {@code learningCurve} take five of them unless they are given others.
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
