package io.github.flux4j.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a table comes from, for its summary.
 *
 * @param name of the file; empty if there is none
 * @param how it was read
 * @param hasRowNames whether a first column without a name was dropped
 * @param notes what was seen in a column, by its name
 * @param warnings what should be said again where a model of it is judged
 * @param file null if it was read from none
 */
record TableOrigin(
        String name,
        String how,
        boolean hasRowNames,
        Map<String, String> notes,
        Map<String, String> warnings,
        TableHash.@Nullable OfFile file) {

    static final TableOrigin NONE = new TableOrigin("", "", false, Map.of(), Map.of(), null);

    /** The same, read from this file. */
    TableOrigin from(TableHash.OfFile read) {
        return new TableOrigin(name, how, hasRowNames, notes, warnings, read);
    }

    /** The same without notes on these columns. */
    TableOrigin without(String... columns) {
        return new TableOrigin(name, how, hasRowNames, without(notes, columns), without(warnings, columns), file);
    }

    private static Map<String, String> without(Map<String, String> texts, String... columns) {
        Map<String, String> left = new HashMap<>(texts);
        left.keySet().removeAll(List.of(columns));
        return left;
    }
}
