package io.github.flux4j.learn;

import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.tune.Dimension;
import io.github.flux4j.learn.Tuning.Range;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What may be tuned by name, as the command line does: {@link Tuning#over(String)}. */
enum Tunable {
    /** The rule's learning rate. */
    ETA("eta", false),
    /** The rule's weight decay. */
    DECAY("decay", false),
    /** Units of each hidden {@code dense}. */
    HIDDEN("hidden", true),
    /** The probability of each {@code dropout}. */
    DROPOUT("dropout", false),
    /** Rows a batch. */
    BATCH_SIZE("batchSize", true),
    /** Passes over the rows at most. */
    EPOCHS("epochs", true),
    /** Epochs without a better loss on what is left out. */
    PATIENCE("patience", true),
    /** Networks that are averaged. */
    NETWORKS("networks", true),
    /** Cosines beside each number. */
    COSINES("cosines", true),
    /** σ of the cosines. */
    SIGMA("sigma", false),
    /** λ of the penalty. */
    LAMBDA("lambda", false),
    /** α of the penalty. */
    ALPHA("alpha", false),
    /** The share of certainty that is spread over the classes. */
    LABEL_SMOOTHING("labelSmoothing", false);

    private static final Pattern TEXT = Pattern.compile("\\s*(\\w+)\\s*=\\s*(\\S.*?)\\s*");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?");
    private static final Pattern RANGE = Pattern.compile("(.+?)\\.\\.(.+?)(\\s+log)?");
    private static final Pattern HIDDEN_UNITS = Pattern.compile("\\bdense\\(\\s*\\d+");
    private static final Pattern DROPOUTS = Pattern.compile("\\bdropout\\([^()]*\\)");

    private final String word;
    private final boolean whole;

    Tunable(String word, boolean whole) {
        this.word = word;
        this.whole = whole;
    }

    /** What {@link Tuning#names} are. */
    static List<String> names() {
        return Arrays.stream(values()).map(tunable -> tunable.word).toList();
    }

    /** What {@link Tuning#over(String)} reads. */
    static <E extends Estimator<E, ?>> Dimension<E> dimension(String text, E estimator) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw refused(text);
        }
        Tunable tunable = named(parts.group(1), text);
        if (tunable == LABEL_SMOOTHING && estimator instanceof Regressor) {
            throw new IllegalArgumentException(
                    "labelSmoothing is for classes, but a regressor predicts numbers; tune something else");
        }
        Matcher range = RANGE.matcher(parts.group(2));
        Dimension<E> dimension = range.matches()
                ? new Dimension<>(tunable.word, tunable::changed, null, tunable.range(range, text)::at)
                : new Dimension<>(tunable.word, tunable::changed, tunable.list(parts.group(2), text), null);
        tunable.changed(estimator, dimension.at(0)); // refuses what can't be changed at once
        return dimension;
    }

    /** What {@link Estimator#with(String, double)} gives. */
    static <E extends Estimator<E, ?>> E with(E estimator, String name, double value) {
        Tunable tunable = Arrays.stream(values())
                .filter(known -> known.word.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected one of " + String.join(", ", names()) + ", but got " + Names.shown(name)));
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " must be finite, but was " + value);
        }
        double number = tunable.number(String.valueOf(value), name); // refuses a part of a whole one
        return tunable.changed(estimator, tunable.whole ? (Object) (int) number : number);
    }

    /** What {@link Estimator#with(String, String)} gives. */
    static <E extends Estimator<E, ?>> E with(E estimator, String name, String text) {
        String all = name + "=" + text;
        return switch (name) {
            case "eta", "decay", "dropout" -> {
                Tunable tunable = named(name, all);
                yield tunable.changed(estimator, tunable.number(text, all));
            }
            case "hidden" ->
                estimator.network(layers(
                        estimator,
                        Arrays.stream(text.split(",", -1))
                                .map(size -> (int) HIDDEN.number(size, all))
                                .toList()));
            case "penalty" ->
                estimator
                        .with("lambda", text.replaceFirst(",.*", ""))
                        .with("alpha", text.contains(",") ? text.replaceFirst(".*?, *", "") : "0");
            default ->
                estimator.of(estimator.settings().with(name.equals("periodic") ? "frequencies" : name, text, names()));
        };
    }

    /** A network with a hidden layer of each size, with what follows the first one in this network; one size is for all layers. */
    private static String layers(Estimator<?, ?> estimator, List<Integer> sizes) {
        String all = HIDDEN.replaced(estimator, HIDDEN_UNITS, "dense(" + sizes.get(0));
        int output = all.lastIndexOf("dense");
        int[] starts =
                HIDDEN_UNITS.matcher(all).results().mapToInt(MatchResult::start).toArray();
        String layer = all.substring(starts[0], starts.length > 1 ? starts[1] : output);
        return sizes.size() == 1
                ? all
                : sizes.stream()
                        .map(size -> HIDDEN_UNITS.matcher(layer).replaceFirst("dense(" + size))
                        .collect(Collectors.joining("", all.substring(0, starts[0]), all.substring(output)));
    }

    private static Tunable named(String name, String text) {
        return Arrays.stream(values())
                .filter(tunable -> tunable.word.equals(name))
                .findFirst()
                .orElseThrow(() -> refused(text));
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(
                "expected a range such as eta=1e-4..1e-1 log, or a list such as hidden=16,64,256," + " of one of "
                        + String.join(", ", names()) + ", but got " + Names.shown(text));
    }

    private Range<?> range(Matcher range, String text) {
        double low = number(range.group(1), text);
        double high = number(range.group(2), text);
        boolean logarithmic = range.group(3) != null;
        if (whole) {
            return logarithmic ? Range.logIntegers((int) low, (int) high) : Range.integers((int) low, (int) high);
        }
        return logarithmic ? Range.logUniform(low, high) : Range.uniform(low, high);
    }

    private List<Object> list(String values, String text) {
        List<Object> all = Arrays.stream(values.split(",", -1))
                .map(value -> number(value, text))
                .map(number -> whole ? (Object) (int) (double) number : number)
                .collect(Collectors.toList());
        if (all.stream().distinct().count() < all.size()) {
            throw new IllegalArgumentException("a value is repeated in " + Names.shown(text));
        }
        return all;
    }

    private double number(String text, String all) {
        String number = text.strip();
        if (!NUMBER.matcher(number).matches()) {
            throw refused(all);
        }
        double value = Double.parseDouble(number);
        if (whole && !(value == Math.rint(value) && Math.abs(value) <= Integer.MAX_VALUE)) {
            throw new IllegalArgumentException(word + " must be a whole number, but was " + number);
        }
        return value;
    }

    /** The estimator with this value. */
    private <E extends Estimator<E, ?>> E changed(E estimator, Object value) {
        return switch (this) {
            case ETA -> estimator.rule(estimator.rule().with("eta", (double) value));
            case DECAY -> estimator.rule(estimator.rule().with("lambda", (double) value));
            case HIDDEN -> estimator.network(replaced(estimator, HIDDEN_UNITS, "dense(" + value));
            case DROPOUT -> estimator.network(replaced(estimator, DROPOUTS, "dropout(" + value + ")"));
            default -> estimator.with(word, String.valueOf(value));
        };
    }

    private String replaced(Estimator<?, ?> estimator, Pattern part, String by) {
        Matcher parts = part.matcher(estimator.network().text());
        if (!parts.find()) {
            throw new IllegalArgumentException("there is no " + word.toLowerCase(Locale.ROOT)
                    + " to tune in the network " + estimator.network().text());
        }
        return parts.replaceAll(Matcher.quoteReplacement(by));
    }

    @Override
    public String toString() {
        return word;
    }
}
