package io.github.flux4j.cli.evaluate;

import io.github.flux4j.csv.CsvBlock;
import io.github.flux4j.format.ColumnFormat;
import io.github.flux4j.format.NumberFeature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Classes as a table has them: those of a model, where 4.0 is 4, and others, which it gives no probability. */
final class Labels {

    private final int known;
    private final List<String> names;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<Double, Integer> numbers = new HashMap<>();

    Labels(List<String> classes) {
        this.known = classes.size();
        this.names = new ArrayList<>(classes);
        for (int i = 0; i < known; i++) {
            places.put(classes.get(i), i);
            putNumber(classes.get(i), i);
        }
    }

    private void putNumber(String name, int place) {
        double number = NumberFeature.parse(name);
        if (!Double.isNaN(number)) { // a class needn't be one
            numbers.put(number, place);
        }
    }

    /** Whether a cell is a gap among classes that are numbers. */
    boolean isGap(String cell) {
        return numbers.size() == known && ColumnFormat.isGap(cell);
    }

    int place(CsvBlock block, int row, int column) {
        Integer place = places.get(block.text(row, column));
        return place != null ? place : placeOfNumber(block, row, column);
    }

    private int placeOfNumber(CsvBlock block, int row, int column) {
        Integer place = numbers.get(block.number(row, column));
        if (place != null) {
            return place;
        }
        String name = block.text(row, column);
        places.put(name, names.size());
        names.add(name);
        return names.size() - 1;
    }

    /** Probabilities of all. */
    double[] among(double... ofKnown) {
        return Arrays.copyOf(ofKnown, names.size());
    }

    List<String> unknown() {
        return List.copyOf(names.subList(known, names.size()));
    }
}
