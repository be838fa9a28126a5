package io.github.flux4j.table;

import io.github.flux4j.csv.CsvBlock;
import io.github.flux4j.internal.csv.Growth;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Texts row by row on their way to a column: numbered as they come, by their order in the end. */
final class TextCodes implements CsvColumn.Cells {

    private final Map<String, Integer> seen = new HashMap<>();
    private int[] codes;
    private int size;

    TextCodes(int expected) {
        codes = new int[Math.max(expected, 1)];
    }

    @Override
    public boolean add(CsvBlock block, int row, int column) {
        add(block.text(row, column));
        return true;
    }

    void add(String text) {
        if (size == codes.length) {
            codes = Arrays.copyOf(codes, Growth.of(size));
        }
        codes[size++] = text == null ? Texts.MISSING : number(text);
    }

    private int number(String text) {
        Integer known = seen.get(text);
        if (known == null) {
            known = seen.size();
            seen.put(text, known);
        }
        return known;
    }

    @Override
    public Texts column(String name) {
        List<String> levels = seen.keySet().stream().sorted().toList();
        int[] sorted = new int[levels.size()];
        IntStream.range(0, sorted.length).forEach(i -> sorted[seen.get(levels.get(i))] = i);
        int[] all = codes.length == size ? codes : Arrays.copyOf(codes, size);
        for (int row = 0; row < size; row++) {
            all[row] = all[row] == Texts.MISSING ? Texts.MISSING : sorted[all[row]];
        }
        return new Texts(name, all, levels);
    }
}
