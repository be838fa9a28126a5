package io.github.flux4j.learn;

import io.github.flux4j.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table of a study's folder: a line of its {@code index.tsv} (name, r for numbers or c for classes, target), and {@code data/NAME.csv}. {@code
 * scripts/debian-tables} makes such a folder.
 */
record StudyTable(Path folder, String name, boolean ofClasses, String target) {

    /** Those of a folder; lines of another kind, such as a heading, are none. */
    static List<StudyTable> of(Path folder) throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("index.tsv"))) {
            return lines.map(line -> line.split("\t"))
                    .filter(cells -> cells[1].equals("r") || cells[1].equals("c"))
                    .map(cells -> new StudyTable(folder, cells[0], cells[1].equals("c"), cells[2]))
                    .toList();
        }
    }

    /** The rows that have a target. */
    Table read() throws IOException {
        Table table = Table.read(folder.resolve("data").resolve(name + ".csv"));
        Table typed = ofClasses ? table.asText(target) : table;
        return typed.rows(FoldFit.known(typed, target));
    }
}
