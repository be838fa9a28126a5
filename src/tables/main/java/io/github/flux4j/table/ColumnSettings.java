package io.github.flux4j.table;

import io.github.flux4j.format.ColumnFormat;
import io.github.flux4j.internal.csv.Names;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a reader is told of single columns.
 *
 * @param texts that stay text
 * @param numbers whose cells must be numbers or dates
 * @param formats how they are written
 * @param dropped that aren't read
 * @param missing what stands for a gap in all of them
 */
record ColumnSettings(
        Set<String> texts,
        Set<String> numbers,
        Map<String, ColumnFormat> formats,
        Set<String> dropped,
        Set<String> missing) {

    static final ColumnSettings NONE = new ColumnSettings(Set.of(), Set.of(), Map.of(), Set.of(), Set.of());

    ColumnSettings {
        Stream.concat(numbers.stream(), formats.keySet().stream())
                .filter(texts::contains)
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "column " + Names.shown(name) + " can't be both text and number; ask for one of them");
                });
    }

    ColumnSettings withTexts(String... names) {
        return new ColumnSettings(Set.copyOf(List.of(names)), numbers, formats, dropped, missing);
    }

    ColumnSettings withNumbers(String... names) {
        return new ColumnSettings(texts, Set.copyOf(List.of(names)), formats, dropped, missing);
    }

    ColumnSettings withFormat(String name, ColumnFormat format) {
        Map<String, ColumnFormat> more = new HashMap<>(formats);
        more.put(name, format);
        return new ColumnSettings(texts, numbers, Map.copyOf(more), dropped, missing);
    }

    ColumnSettings withDropped(String... names) {
        return new ColumnSettings(texts, numbers, formats, Set.copyOf(List.of(names)), missing);
    }

    ColumnSettings withMissing(Set<String> marks) {
        return new ColumnSettings(texts, numbers, formats, dropped, marks);
    }

    /** Throws unless a file has all columns that are named. */
    void requireKnown(List<String> names) {
        Stream.of(texts, numbers, formats.keySet(), dropped)
                .flatMap(Set::stream)
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw Table.unknown(name, names);
                });
    }
}
