package io.github.flux4j.bench.backends;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A row for each question, cell and workload; times in nanoseconds. */
final class CsvTable {

    private CsvTable() {}

    static void write(Results results, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (BufferedWriter writer = Files.newBufferedWriter(file);
                CSVPrinter csv = new CSVPrinter(writer, format())) {
            for (Question question : results.header().plan().questions()) {
                for (Cell cell : question.cells()) {
                    for (String workload : question.workloads()) {
                        csv.printRecord(row(results, question, cell, workload));
                    }
                }
            }
        }
    }

    private static CSVFormat format() {
        List<String> head = new ArrayList<>(List.of("question", "workload"));
        Arrays.stream(Axis.values()).map(Axis::key).forEach(head::add);
        head.addAll(List.of("processes", "median", "least", "most", "overReference", "error", "bits", "notTimed"));
        return CSVFormat.DEFAULT
                .builder()
                .setHeader(head.toArray(String[]::new))
                .setRecordSeparator("\n")
                .get();
    }

    private static List<Object> row(Results results, Question question, Cell cell, String workload) {
        List<Object> row = new ArrayList<>(List.of(question.name(), workload));
        Arrays.stream(Axis.values()).map(cell::get).forEach(row::add);
        Optional<Figure> figure = results.figure(question, cell, workload);
        row.add(figure.map(Figure::processes).orElse(0));
        row.add(figure.map(Figure::median).orElse(null));
        row.add(figure.map(Figure::least).orElse(null));
        row.add(figure.map(Figure::most).orElse(null));
        row.add(results.overReference(question, cell, workload).orElse(null));
        Verdict verdict = results.verdict(cell, workload).orElse(null);
        row.add(verdict == null ? null : verdict.error());
        row.add(verdict == null ? null : verdict.bits());
        row.add(results.refusal(cell, workload));
        return row;
    }
}
