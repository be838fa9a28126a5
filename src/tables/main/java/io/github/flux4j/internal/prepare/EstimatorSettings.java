package io.github.flux4j.internal.prepare;

import io.github.flux4j.fit.Network;
import io.github.flux4j.internal.values.Distance;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.losses.Losses;
import io.github.flux4j.optimise.Adam;
import io.github.flux4j.optimise.AdamW;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.Schedule;
import io.github.flux4j.table.Folds;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What an estimator is told: a value for each {@link EstimatorSetting}. Immutable. */
public final class EstimatorSettings {

    /** For what can't be written. */
    private static final String OWN = "one of your own";

    private static final int LARGE = 10_000;
    private static final int EPOCHS_OF_LARGE = 30;
    private static final double FALL = 0.4;
    private static final double HIGHEST_RATE = 0.003;
    private static final Network PLAIN = Network.of("dense(64, relu), dense(64, relu), dense");
    private static final int MOST_NUMBERS = 30;
    private static final int ROWS_A_NUMBER = 10;
    private static final int FREQUENCIES = 16;
    /** Of the inputs' factors, a learning rate. */
    private static final double MOST_RATE = 0.1;

    private static final int MANY_ROWS = 5000;
    private static final int NETWORKS = 10;
    private static final int NETWORKS_OF_MANY_ROWS = 5;
    private static final int VERY_MANY_ROWS = 50_000;
    private static final int NETWORKS_OF_VERY_MANY_ROWS = 3;

    /** Nothing is told yet. */
    public static final EstimatorSettings USUAL = new EstimatorSettings(Map.of());

    /** Those that aren't as usual. */
    private final Map<EstimatorSetting<?>, Object> told;

    private EstimatorSettings(Map<EstimatorSetting<?>, Object> told) {
        this.told = told;
    }

    @SuppressWarnings("unchecked") // with puts values of its type alone
    public <T> T get(EstimatorSetting<T> setting) {
        return told.containsKey(setting) ? (T) told.get(setting) : setting.usual();
    }

    /**
     * The same with another value.
     *
     * @throws IllegalArgumentException if the setting can't be that
     */
    public <T> EstimatorSettings with(EstimatorSetting<T> setting, T value) {
        setting.require(value);
        return put(setting, value);
    }

    private <T> EstimatorSettings put(EstimatorSetting<T> setting, T value) {
        Map<EstimatorSetting<?>, Object> changed = new HashMap<>(told);
        changed.put(setting, value);
        return new EstimatorSettings(changed);
    }

    /**
     * The same with one setting read from text.
     *
     * @param others further names that a caller knows
     *
     * @throws IllegalArgumentException if there is none of that name, or the text is refused
     */
    public EstimatorSettings with(String name, String text, List<String> others) {
        EstimatorSetting<?> setting = EstimatorSetting.all().get(name);
        if (setting == null) {
            Set<String> known = new LinkedHashSet<>(EstimatorSetting.all().keySet());
            known.addAll(others);
            throw new IllegalArgumentException("there is no setting named " + name + "; the nearest are "
                    + String.join(", ", Distance.nearest(name, known)));
        }
        return read(setting, name, text);
    }

    private <T> EstimatorSettings read(EstimatorSetting<T> setting, String name, String text) {
        T value;
        try {
            value = setting.parse(text);
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(name + " can't be " + text + ": " + refused.getMessage(), refused);
        }
        return Objects.equals(value, setting.usual()) ? put(setting, value) : with(setting, value);
    }

    private <T> String text(EstimatorSetting<T> setting) {
        return setting.text(get(setting));
    }

    private <T> String textOrNote(EstimatorSetting<T> setting) {
        try {
            return text(setting);
        } catch (IllegalArgumentException withoutText) {
            return OWN;
        }
    }

    /**
     * All that is said, by name.
     *
     * @throws IllegalArgumentException if something has no text, such as a network given as a lambda
     */
    public Map<String, String> texts() {
        return texts(this::text);
    }

    /** The same for people, who are content with less where something has no text. */
    public Map<String, String> shown() {
        return texts(this::textOrNote);
    }

    private static Map<String, String> texts(Function<EstimatorSetting<?>, String> text) {
        Map<String, String> texts = new LinkedHashMap<>();
        EstimatorSetting.all().forEach((name, setting) -> {
            String said = text.apply(setting);
            if (said != null) {
                texts.put(name, said);
            }
        });
        return texts;
    }

    /** The names of those in which two differ; without a text, they differ unless they are equal. */
    public List<String> differences(EstimatorSettings other) {
        return EstimatorSetting.all().entrySet().stream()
                .filter(named -> differs(named.getValue(), other))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean differs(EstimatorSetting<?> setting, EstimatorSettings other) {
        String text = textOrNote(setting);
        return !Objects.equals(text, other.textOrNote(setting))
                || OWN.equals(text) && !get(setting).equals(other.get(setting));
    }

    /** What is told beside training: equal where rows are prepared alike. */
    public Map<EstimatorSetting<?>, Object> ofPreparation() {
        Map<EstimatorSetting<?>, Object> preparing = new HashMap<>(told);
        preparing.keySet().removeAll(EstimatorSetting.OF_TRAINING);
        return preparing;
    }

    /** Whether nothing is told of this. */
    public boolean isUsual(EstimatorSetting<?> setting) {
        return Objects.equals(get(setting), setting.usual());
    }

    /** Whether rows belong together, or are in an order. */
    public boolean isDivided() {
        return get(EstimatorSetting.GROUPS) != null || get(EstimatorSetting.TIME) != null;
    }

    /** Folds that respect that. */
    public Folds divided(Folds folds) {
        String groups = get(EstimatorSetting.GROUPS);
        String time = get(EstimatorSetting.TIME);
        Folds grouped = groups == null ? folds : folds.groupedBy(groups);
        return time == null ? grouped : grouped.orderedBy(time);
    }

    /** The columns that every row must have a value of, beside the target. */
    public List<String> needed() {
        return Stream.of(EstimatorSetting.WEIGHTS, EstimatorSetting.GROUPS, EstimatorSetting.TIME)
                .map(this::get)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /**
     * What is done where nothing is said of network, rule, schedule, epochs and patience: from 10 000 rows on, no dropout, and a learning rate that falls from 0.003 to 0 in
     * 30 epochs; in fewer of more rows.
     */
    public EstimatorSettings forRows(int rows) {
        if (rows < LARGE || !areNetworksUsual()) {
            return this;
        }
        int epochs = (int) Math.round(EPOCHS_OF_LARGE * Math.pow((double) LARGE / rows, FALL));
        return put(EstimatorSetting.NETWORK, PLAIN)
                .put(EstimatorSetting.SCHEDULE, Schedule.cosAnneal(HIGHEST_RATE, 0, epochs, false))
                .put(EstimatorSetting.EPOCHS, epochs)
                .put(EstimatorSetting.PATIENCE, epochs);
    }

    /** How many frequencies periodic functions have: unless it is said, 16 where numbers are few, and rows many for each; 8 from 50 000 rows on. */
    public int frequencies(int numbers, int rows) {
        int told = get(EstimatorSetting.FREQUENCIES);
        if (!get(EstimatorSetting.SCALE)) {
            return 0;
        }
        boolean areFew = numbers <= MOST_NUMBERS && rows >= (long) ROWS_A_NUMBER * numbers;
        return told == EstimatorSetting.AUTOMATIC
                ? areFew ? rows < VERY_MANY_ROWS ? FREQUENCIES : FREQUENCIES / 2 : 0
                : told;
    }

    /**
     * Whether the model is a line alone, has one with its networks, or is without. Unless it is told, held-out rows say so, if nothing is said of network, rule, schedule,
     * epochs and patience, nor of another loss, of embeddings or of numbers as they are: who says that wants networks.
     */
    public String line() {
        LossFunction loss = get(EstimatorSetting.LOSS);
        boolean canDecide = areNetworksUsual()
                && get(EstimatorSetting.SCALE)
                && get(EstimatorSetting.EMBEDDINGS) == 0
                && (loss == Losses.MSE || loss == Losses.LOGITCROSSENTROPY);
        return canDecide || !isUsual(EstimatorSetting.LINE) ? get(EstimatorSetting.LINE) : "without";
    }

    private boolean areNetworksUsual() {
        return Stream.of(
                        EstimatorSetting.NETWORK,
                        EstimatorSetting.RULE,
                        EstimatorSetting.SCHEDULE,
                        EstimatorSetting.EPOCHS,
                        EstimatorSetting.PATIENCE)
                .allMatch(this::isUsual);
    }

    /** How many times the learning rate the inputs' factors have; 0 for no factors. */
    public double inputRate() {
        Rule rule = get(EstimatorSetting.RULE);
        double rate = get(EstimatorSetting.SCALE) ? get(EstimatorSetting.INPUT_RATE) : 0;
        double eta = rule instanceof AdamW adam
                ? adam.eta()
                : rule instanceof Adam adam ? adam.eta() : MOST_RATE; // others' steps grow with the gradient
        double most = get(EstimatorSetting.SCHEDULE) == null ? Math.max(1, MOST_RATE / eta) : 1;
        return Math.min(rate, most);
    }

    /** How many rows a batch has. */
    public int batchSize(int rows) {
        int told = get(EstimatorSetting.BATCH_SIZE);
        if (told != EstimatorSetting.AUTOMATIC) {
            return told;
        }
        if (rows < 1200) {
            return 32;
        }
        if (rows < 3000) {
            return 64;
        }
        return rows < 10_000 ? 128 : 256;
    }

    /** How many networks are trained; each share of the rows must have one. */
    public int networks(int rows) {
        int told = get(EstimatorSetting.NETWORKS);
        return told == EstimatorSetting.AUTOMATIC ? usualNetworks(rows) : Math.min(told, rows);
    }

    /** How many networks there are unless it is said, and in how many parts the rows are divided for one. */
    public static int usualNetworks(int rows) {
        return Math.min(
                rows,
                rows < MANY_ROWS
                        ? NETWORKS
                        : rows < VERY_MANY_ROWS ? NETWORKS_OF_MANY_ROWS : NETWORKS_OF_VERY_MANY_ROWS);
    }
}
