package io.github.flux4j.internal.prepare;

import io.github.flux4j.fit.Epoch;
import io.github.flux4j.fit.Network;
import io.github.flux4j.fit.Unknown;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.losses.Losses;
import io.github.flux4j.optimise.AdamW;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.Schedule;
import io.github.flux4j.table.Table;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One of the things that an estimator is told: its name, its default, what it may be, and how it is written as text for reports, files, the command
 * line and other processes.
 */
public final class EstimatorSetting<T> {

    /** In place of a number that is chosen when the rows are known. */
    static final int AUTOMATIC = -1;

    private static final String WRITTEN_AUTOMATIC = "automatic";
    private static final Duration LONGEST = Duration.ofDays(10_000);
    private static final Map<String, EstimatorSetting<?>> ALL = new LinkedHashMap<>();

    public static final EstimatorSetting<Network> NETWORK = new EstimatorSetting<>(
                    "network",
                    Network.of("dense(64, relu), dropout(0.1), dense(64, relu), dropout(0.1), dense"),
                    Network::text,
                    Network::of)
            .neverNull("");
    public static final EstimatorSetting<Rule> RULE = new EstimatorSetting<Rule>(
                    "rule", new AdamW(0.001, 0.9, 0.999, 0.01, 1e-8, true), Rule::text, Rule::parse)
            .neverNull("");
    public static final EstimatorSetting<LossFunction> LOSS = new EstimatorSetting<LossFunction>(
                    "loss", Losses.MSE, LossFunction::text, LossFunction::parse)
            .neverNull("");
    /** Null where the rule's learning rate stays. */
    public static final EstimatorSetting<Schedule> SCHEDULE =
            new EstimatorSetting<>("schedule", null, Schedule::text, Schedule::parse);

    public static final EstimatorSetting<Integer> EPOCHS = whole("epochs", 400, 1);
    public static final EstimatorSetting<Integer> BATCH_SIZE = whole("batchSize", AUTOMATIC, 1);
    public static final EstimatorSetting<Integer> NETWORKS = whole("networks", AUTOMATIC, 1);
    public static final EstimatorSetting<Integer> PATIENCE = whole("patience", 40, 0);
    public static final EstimatorSetting<Double> LAMBDA = number("lambda", 0, lambda -> requirePenalty(lambda, 0));
    public static final EstimatorSetting<Double> ALPHA = number("alpha", 0, alpha -> requirePenalty(0, alpha));
    public static final EstimatorSetting<Long> SEED =
            new EstimatorSetting<>("seed", 0L, String::valueOf, Long::valueOf);
    public static final EstimatorSetting<Boolean> SHUFFLE = flag("shuffle", true);
    public static final EstimatorSetting<Boolean> PARTIAL = flag("partial", false);
    public static final EstimatorSetting<Boolean> SCALE = flag("scale", true);
    public static final EstimatorSetting<Integer> COSINES = whole("cosines", 0, AUTOMATIC);
    public static final EstimatorSetting<Double> SIGMA = number(
            "sigma",
            0.1,
            sigma -> require(
                    sigma > 0 && sigma < Double.POSITIVE_INFINITY,
                    "sigma must be finite and above 0, but was " + sigma));
    public static final EstimatorSetting<Boolean> CURVES = flag("curves", true);
    public static final EstimatorSetting<Integer> FREQUENCIES = whole("frequencies", AUTOMATIC, 0);
    public static final EstimatorSetting<Double> INPUT_RATE = number(
            "inputRate",
            30,
            rate -> require(
                    rate >= 0 && rate < Double.POSITIVE_INFINITY,
                    "inputRate must be finite and not negative, but was " + rate));
    /** Written only where it isn't 0. */
    public static final EstimatorSetting<Integer> EMBEDDINGS = new EstimatorSetting<>(
                    "embeddings", 0, levels -> levels == 0 ? null : levels.toString(), Integer::valueOf)
            .checked(levels -> requireAtLeast("embeddings", levels, 0));

    public static final EstimatorSetting<Set<String>> KEEP = names("keep");
    public static final EstimatorSetting<Set<String>> DROP = names("drop");
    public static final EstimatorSetting<Unknown> UNKNOWN = new EstimatorSetting<>(
                    "unknown",
                    Unknown.ZEROS,
                    unknown -> unknown.name().toLowerCase(Locale.ROOT),
                    text -> Unknown.valueOf(text.toUpperCase(Locale.ROOT)))
            .neverNull("");
    /** Null where all rows count the same. */
    public static final EstimatorSetting<String> WEIGHTS =
            new EstimatorSetting<>("weights", null, column -> column, column -> column);
    /** Null where no rows belong together. */
    public static final EstimatorSetting<String> GROUPS =
            new EstimatorSetting<>("groupedBy", null, column -> column, column -> column);
    /** Null where rows are in no order. */
    public static final EstimatorSetting<String> TIME =
            new EstimatorSetting<>("orderedBy", null, column -> column, column -> column);

    public static final EstimatorSetting<Map<String, Double>> CLASS_WEIGHTS = new EstimatorSetting<Map<String, Double>>(
                    "classWeights", Map.of(), EstimatorSetting::written, EstimatorSetting::classWeights)
            .checked(weights -> weights.forEach((name, weight) -> require(
                    weight > 0 && weight < Double.POSITIVE_INFINITY,
                    "the weight of a class must be finite and above 0, but that of " + Names.shown(name) + " was "
                            + weight)));
    public static final EstimatorSetting<Boolean> BALANCED = flag("balanced", false);
    public static final EstimatorSetting<Double> LABEL_SMOOTHING = number(
            "labelSmoothing",
            0,
            share -> require(share >= 0 && share < 1, "labelSmoothing must be from 0 to below 1, but was " + share));
    /** Null for the most probable class. */
    public static final EstimatorSetting<String> THRESHOLD = new EstimatorSetting<>(
                    "threshold", (String) null, rule -> rule, rule -> rule)
            .checked(rule -> {
                if (rule != null) {
                    ThresholdRule.of(rule);
                }
            });

    /** Written only where it isn't automatic. */
    public static final EstimatorSetting<String> LINE = choice("line", "alone", "with", "without");
    /** Written only where it isn't automatic. */
    public static final EstimatorSetting<String> BEYOND = choice("beyond", "line", "range");

    /** Written only where it is true. */
    public static final EstimatorSetting<Boolean> LOG_TARGET =
            new EstimatorSetting<>("logTarget", false, wanted -> wanted ? "true" : null, EstimatorSetting::truth);

    public static final EstimatorSetting<Boolean> YARDSTICK = flag("yardstick", true);

    /** Null for none. */
    public static final EstimatorSetting<Duration> TIME_LIMIT = new EstimatorSetting<Duration>(
                    "timeLimit", null, Duration::toString, EstimatorSetting::duration)
            .checked(limit -> require(
                    limit == null || limit.compareTo(Duration.ZERO) > 0 && limit.compareTo(LONGEST) <= 0,
                    "timeLimit must be above 0 and at most " + LONGEST.toDays() + " days, but was " + limit));

    /** Written only where it is false. */
    public static final EstimatorSetting<Boolean> DERIVE =
            new EstimatorSetting<>("deriveColumns", true, wanted -> wanted ? null : "false", EstimatorSetting::truth);
    /** Written only where it is true. */
    public static final EstimatorSetting<Boolean> KEEP_ROWS =
            new EstimatorSetting<>("keepRows", false, wanted -> wanted ? "true" : null, EstimatorSetting::truth);
    /** Not written: it is found anew for all rows. By the column's name. */
    public static final EstimatorSetting<Map<String, Intake.Derived>> DERIVED = new EstimatorSetting<>(Map.of());

    /** Not written: it is about what is done with an earlier fit. */
    public static final EstimatorSetting<Boolean> RESTART_ON_RULE_CHANGE = new EstimatorSetting<>(false);
    /** Not written: it is a table; null for none. */
    public static final EstimatorSetting<Table> VALIDATION = new EstimatorSetting<>(null);
    /** Not written: it is the caller's own. */
    public static final EstimatorSetting<Consumer<? super Epoch>> PROGRESS = new EstimatorSetting<
                    Consumer<? super Epoch>>(epoch -> {})
            .neverNull("progress is null; omit it for silence");

    /** Those that rows are prepared without. */
    static final Set<EstimatorSetting<?>> OF_TRAINING = Set.of(
            NETWORK, RULE, SCHEDULE, EPOCHS, BATCH_SIZE, LAMBDA, ALPHA, FREQUENCIES, INPUT_RATE, EMBEDDINGS, PROGRESS);

    private final String name;
    private final T usual;
    private final Function<T, String> text;
    private final Function<String, T> parser;
    private Consumer<T> check = any -> {};

    private EstimatorSetting(String name, T usual, Function<T, String> text, Function<String, T> parser) {
        this.name = name;
        this.usual = usual;
        this.text = text;
        this.parser = parser;
        ALL.put(name, this);
    }

    /** Without a name, for what is never written. */
    private EstimatorSetting(T usual) {
        this.name = "";
        this.usual = usual;
        this.text = null;
        this.parser = null;
    }

    private EstimatorSetting<T> checked(Consumer<T> check) {
        this.check = check;
        return this;
    }

    private EstimatorSetting<T> neverNull(String message) {
        return checked(value -> Objects.requireNonNull(value, message.isEmpty() ? name + " is null" : message));
    }

    private static EstimatorSetting<Integer> whole(String name, int usual, int least) {
        return new EstimatorSetting<>(
                        name,
                        usual,
                        n -> n == AUTOMATIC ? WRITTEN_AUTOMATIC : String.valueOf(n),
                        text -> text.equals(WRITTEN_AUTOMATIC) ? AUTOMATIC : Integer.valueOf(text))
                .checked(n -> requireAtLeast(name, n, least));
    }

    private static EstimatorSetting<Double> number(String name, double usual, Consumer<Double> check) {
        return new EstimatorSetting<>(name, usual, String::valueOf, Double::valueOf).checked(check);
    }

    /** Written only where there are some. */
    private static EstimatorSetting<Set<String>> names(String name) {
        return new EstimatorSetting<>(
                name,
                Set.of(),
                names -> tabbed(new TreeSet<>(names)),
                text -> Set.copyOf(Arrays.asList(text.split("\t"))));
    }

    /** One of these, or automatic, which isn't written. */
    private static EstimatorSetting<String> choice(String name, String... others) {
        return new EstimatorSetting<>(
                        name,
                        WRITTEN_AUTOMATIC,
                        chosen -> chosen.equals(WRITTEN_AUTOMATIC) ? null : chosen,
                        text -> text)
                .checked(chosen -> require(
                        WRITTEN_AUTOMATIC.equals(chosen)
                                || Arrays.asList(others).contains(chosen),
                        name + " must be " + WRITTEN_AUTOMATIC + ", " + String.join(" or ", others) + ", but was "
                                + chosen));
    }

    private static EstimatorSetting<Boolean> flag(String name, boolean usual) {
        return new EstimatorSetting<>(name, usual, String::valueOf, EstimatorSetting::truth);
    }

    private static Boolean truth(String text) {
        require(text.equals("true") || text.equals("false"), "expected true or false, but got " + text);
        return Boolean.valueOf(text);
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException unreadable) {
            throw new IllegalArgumentException("expected a duration such as PT10M, but got " + text, unreadable);
        }
    }

    private static String tabbed(Collection<String> parts) {
        return parts.isEmpty() ? null : String.join("\t", parts);
    }

    private static String written(Map<String, Double> weights) {
        return tabbed(new TreeMap<>(weights)
                .entrySet().stream()
                        .map(weight -> weight.getKey() + "=" + weight.getValue())
                        .toList());
    }

    private static Map<String, Double> classWeights(String text) {
        return Arrays.stream(text.split("\t"))
                .collect(Collectors.toUnmodifiableMap(
                        weight -> weight.substring(0, weight.lastIndexOf('=')),
                        weight -> Double.valueOf(weight.substring(weight.lastIndexOf('=') + 1))));
    }

    private static void require(boolean good, String message) {
        if (!good) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Throws unless a number is at least so large. */
    public static void requireAtLeast(String name, int value, int least) {
        require(value >= least, name + " must be at least " + least + ", but was " + value);
    }

    /** Throws unless λ is finite and not negative, and α is a share. */
    public static void requirePenalty(double lambda, double alpha) {
        require(
                lambda >= 0 && lambda < Double.POSITIVE_INFINITY && alpha >= 0 && alpha <= 1,
                "penalty(λ, α) needs a finite λ ≥ 0 and an α from 0 to 1, but they were " + lambda + " and " + alpha);
    }

    /** All that are written, by name and in order. */
    static Map<String, EstimatorSetting<?>> all() {
        return Collections.unmodifiableMap(ALL);
    }

    T usual() {
        return usual;
    }

    /**
     * Throws if it can't be this.
     *
     * @throws IllegalArgumentException then
     */
    void require(T value) {
        check.accept(value);
    }

    /**
     * A value as text; null where there is nothing to say.
     *
     * @throws IllegalArgumentException if it has none, such as a network given as a lambda
     */
    String text(T value) {
        return value == null ? null : text.apply(value);
    }

    /** The value that a text says. */
    T parse(String text) {
        return parser.apply(text);
    }
}
