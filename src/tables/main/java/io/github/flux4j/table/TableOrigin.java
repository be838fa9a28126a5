package io.github.flux4j.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a table comes from, for its summary.
 *
 * @param name of the file; empty if there is none
 * @param how it was read
 * @param notes what was seen in a column, by its name
 */
record TableOrigin(String name, String how, Map<String, String> notes) {

    static final TableOrigin NONE = new TableOrigin("", "", Map.of());

    /** The same without notes on these columns. */
    TableOrigin without(String... columns) {
        Map<String, String> left = new HashMap<>(notes);
        left.keySet().removeAll(List.of(columns));
        return new TableOrigin(name, how, left);
    }
}
