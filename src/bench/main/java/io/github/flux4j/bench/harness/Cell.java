package io.github.flux4j.bench.harness;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The settings of one process.
 *
 * @param settings those that are not an axis's standard, by the axis's name
 */
public record Cell(Map<String, String> settings) {

    public static final Cell STANDARD = new Cell(Map.of());

    public Cell {
        settings = new TreeMap<>(settings); // equal whatever the order
    }

    public Cell with(CellAxis axis, String value) {
        Map<String, String> changed = new TreeMap<>(settings);
        if (axis.checked(value).equals(axis.standard())) {
            changed.remove(axis.key());
        } else {
            changed.put(axis.key(), value);
        }
        return new Cell(changed);
    }

    public Cell with(Map<CellAxis, String> values) {
        Cell cell = this;
        for (Map.Entry<CellAxis, String> value : values.entrySet()) {
            cell = cell.with(value.getKey(), value.getValue());
        }
        return cell;
    }

    public String get(CellAxis axis) {
        return settings.getOrDefault(axis.key(), axis.standard());
    }

    public boolean has(CellAxis axis, String value) {
        return get(axis).equals(value);
    }

    /** For people, and unique: {@code binary=avx2 omp=1}, or {@code standard}. */
    public String label() {
        return settings.isEmpty()
                ? "standard"
                : settings.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(" "));
    }
}
