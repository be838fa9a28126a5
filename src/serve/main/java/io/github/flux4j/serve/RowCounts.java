package io.github.flux4j.serve;

import io.github.flux4j.format.Features.Flag;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many rows a model predicted for, and by column how many values were unlike those of training. For any thread. */
final class RowCounts {

    private final LongAdder rows = new LongAdder();
    private final Map<String, Map<Flag, LongAdder>> flags = new ConcurrentHashMap<>();

    /** Adds rows by their flags. */
    void add(List<Map<String, Flag>> some) {
        rows.add(some.size());
        some.forEach(
                row -> row.forEach((column, flag) -> flags.computeIfAbsent(column, any -> new ConcurrentHashMap<>())
                        .computeIfAbsent(flag, any -> new LongAdder())
                        .increment()));
    }

    long rows() {
        return rows.sum();
    }

    long of(String column, Flag flag) {
        LongAdder count = flags.getOrDefault(column, Map.of()).get(flag);
        return count == null ? 0 : count.sum();
    }
}
