package io.github.flux4j.internal.prepare;

import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import io.github.flux4j.table.Texts;
import io.github.flux4j.table.Use;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What of a table is learnt from.
 *
 * @param given the table as it was given
 * @param table the rows that have all targets, and what else each must have
 * @param offered all columns but targets, weights and groups, in order
 * @param features those learnt from
 * @param columns of the whole table, with what is made of each, in words
 * @param rowsLeftOut why, and how many
 * @param places of the rows in the whole table
 * @param weights of the rows, 1 on average; null if all count the same
 */
public record Intake(
        Table given,
        Table table,
        List<Column> offered,
        List<Column> features,
        Map<String, String> columns,
        Map<String, Integer> rowsLeftOut,
        int[] places,
        double[] weights) {

    /**
     * What was found of numbers that a column may become beside or instead of the usual ones.
     *
     * @param used whether they are worth it
     * @param words for people
     */
    public record Derived(boolean used, String words) {

        public static final Derived NOT = new Derived(false, "");

        private static final int MOST_LEVELS = 50;
        private static final int FEWEST_ROWS_OF_LEVEL = 5;

        /** The texts that are levels of their own, the most frequent first. */
        public static List<String> frequent(Texts column) {
            return frequent(column, FEWEST_ROWS_OF_LEVEL);
        }

        /** At most 50 of those that so many rows have, the most frequent first. */
        public static List<String> frequent(Texts column, int fewestRows) {
            return column.counts().entrySet().stream()
                    .filter(level -> level.getValue() >= fewestRows)
                    .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                    .limit(MOST_LEVELS)
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    private static final int FEWEST_ROWS = 5;

    /**
     * Of this table.
     *
     * @throws IllegalArgumentException if a column is missing, or there is too little to learn from
     */
    public static Intake of(Table table, EstimatorSettings settings, String... targets) {
        Objects.requireNonNull(table, "table is null");
        if (Objects.requireNonNull(targets, "targets is null").length == 0) {
            throw new IllegalArgumentException("fit needs a target, the name of the column to predict: one of "
                    + String.join(", ", table.names()));
        }
        requireDifferent(List.of(targets));
        if (!Collections.disjoint(settings.get(EstimatorSetting.DROP), List.of(targets))) {
            throw new IllegalArgumentException(
                    "drop names a target, " + String.join(", ", targets) + "; drop other columns");
        }
        settings.needed().forEach(column -> requireDifferent(column, targets));
        Map<String, Integer> leftOut = new LinkedHashMap<>();
        Table known = table;
        for (String target : targets) {
            known = without(known, target, leftOut);
        }
        for (String column : settings.needed()) {
            known = without(known, column, leftOut);
        }
        requireRows(known, targets);
        List<String> needed = new ArrayList<>(List.of(targets));
        needed.addAll(settings.needed());
        return columns(table, known, settings, List.of(targets), leftOut, places(table, needed));
    }

    /** The rows of a table that have all these. */
    public static int[] places(Table table, List<String> needed) {
        List<Column> columns = needed.stream().map(table::column).toList();
        return IntStream.range(0, table.rows())
                .filter(row -> columns.stream().noneMatch(column -> column.isMissing(row)))
                .toArray();
    }

    private static void requireDifferent(String needed, String... targets) {
        if (Arrays.asList(targets).contains(needed)) {
            throw new IllegalArgumentException(Names.shown(needed)
                    + " can't be the target and also the weights, groups or order of the rows; name another column");
        }
    }

    private static void requireDifferent(List<String> names) {
        if (names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException("a target was named twice: " + String.join(", ", names));
        }
    }

    private static Table without(Table table, String name, Map<String, Integer> leftOut) {
        Column column = table.column(name);
        if (column.missing() == table.rows()) {
            throw new IllegalArgumentException("no row has a value of " + Names.shown(name)
                    + ", so there is nothing to learn from; check with Table.summary() how the table was read");
        }
        if (column.missing() == 0) {
            return table;
        }
        leftOut.put("without " + name, column.missing());
        return table.rows(places(table, List.of(name)));
    }

    private static void requireRows(Table table, String... targets) {
        if (table.rows() < FEWEST_ROWS) {
            throw new IllegalArgumentException("at least " + FEWEST_ROWS + " rows with a value of "
                    + String.join(" and ", targets) + " are needed, but there " + (table.rows() == 1 ? "is " : "are ")
                    + table.rows() + "; collect more");
        }
    }

    private static Intake columns(
            Table given,
            Table table,
            EstimatorSettings settings,
            List<String> targets,
            Map<String, Integer> leftOut,
            int... places) {
        List<Column> offered = new ArrayList<>();
        List<Column> features = new ArrayList<>();
        Map<String, String> words = new LinkedHashMap<>();
        for (Column column : table.columns()) {
            String name = column.name();
            String role = role(name, settings, targets);
            if (!role.isEmpty()) {
                words.put(name, role);
                continue;
            }
            Derived derived = settings.get(EstimatorSetting.DERIVED).getOrDefault(name, Derived.NOT);
            Use use = Use.of(
                    column,
                    derived.used() || settings.get(EstimatorSetting.KEEP).contains(name));
            offered.add(column);
            if (!use.isLeftOut()) {
                features.add(column);
            }
            String made = use == Use.NUMBER
                    ? isCircle(column, settings) ? "as seconds and a point on the circle of the day" : "as a number"
                    : use.text(column.different());
            words.put(name, (derived.words().isEmpty() ? made : derived.words()) + order(name, settings));
        }
        requireKnown(table, settings);
        requireFeatures(table, features, targets);
        return new Intake(given, table, offered, features, words, leftOut, places, weights(table, settings));
    }

    /** Whether a column of times of day becomes a point on a circle, too, on which midnight is near to 23:59. */
    static boolean isCircle(Column column, EstimatorSettings settings) {
        return column instanceof Numbers numbers
                && numbers.format().isTimeOfDay()
                && settings.get(EstimatorSetting.DERIVE)
                && settings.get(EstimatorSetting.SCALE);
    }

    /** Of a column that is no feature; else empty. */
    private static String role(String name, EstimatorSettings settings, List<String> targets) {
        if (targets.contains(name)) {
            return "target";
        }
        if (name.equals(settings.get(EstimatorSetting.WEIGHTS))) {
            return "weights of the rows";
        }
        if (name.equals(settings.get(EstimatorSetting.GROUPS))) {
            return "groups, held out whole";
        }
        return settings.get(EstimatorSetting.DROP).contains(name) ? "dropped, as told" : "";
    }

    private static String order(String name, EstimatorSettings settings) {
        return name.equals(settings.get(EstimatorSetting.TIME)) ? ", and the order of the rows" : "";
    }

    private static void requireKnown(Table table, EstimatorSettings settings) {
        settings.get(EstimatorSetting.KEEP).forEach(table::column);
        settings.get(EstimatorSetting.DROP).forEach(table::column);
    }

    private static void requireFeatures(Table table, List<Column> features, List<String> targets) {
        if (table.names().size() == targets.size()) {
            throw new IllegalArgumentException("the table has no column but " + String.join(" and ", targets)
                    + ", so there is nothing to learn from; add columns that relate to it");
        }
        if (features.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no column to learn " + String.join(" and ", targets)
                            + " from: the others of the table's "
                            + table.names().size()
                            + " are always the same, empty, or text with too many levels; keep(\"name\") uses one of these anyway");
        }
        if (IntStream.range(0, table.rows()).allMatch(row -> features.stream().allMatch(f -> f.isMissing(row)))) {
            throw new IllegalArgumentException(
                    "every row with a target lacks all other values; check how the table was read");
        }
    }

    private static double[] weights(Table table, EstimatorSettings settings) {
        if (settings.get(EstimatorSetting.WEIGHTS) == null) {
            return null;
        }
        if (!(table.column(settings.get(EstimatorSetting.WEIGHTS)) instanceof Numbers numbers)) {
            throw new IllegalArgumentException(
                    "weights must be numbers, but " + Names.shown(settings.get(EstimatorSetting.WEIGHTS))
                            + " is text; name another column, or read it with asNumbers");
        }
        double[] weights = numbers.values();
        double sum = Arrays.stream(weights).sum();
        if (!(Arrays.stream(weights).allMatch(weight -> weight >= 0) && sum > 0)) {
            throw new IllegalArgumentException("weights must be 0 or more, and one above 0, but those of "
                    + Names.shown(settings.get(EstimatorSetting.WEIGHTS)) + " are not");
        }
        return Arrays.stream(weights)
                .map(weight -> weight * weights.length / sum)
                .toArray();
    }
}
