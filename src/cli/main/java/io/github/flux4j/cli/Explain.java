package io.github.flux4j.cli;

import io.github.flux4j.csv.CsvBlock;
import io.github.flux4j.csv.CsvBlocks;
import io.github.flux4j.format.Target.Explanation;
import io.github.flux4j.serve.Served;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What each column adds to the predictions for the rows of a table, without ND4J. */
@Command(
        name = "explain",
        description = {
            "Explain a saved model's predictions for the rows of a table.",
            "Prints Shapley values: what each column adds to the mean prediction for rows that represent training. The mean plus all contributions is the prediction. For a class, they are log odds against the rest."
        },
        sortOptions = false)
final class Explain implements Callable<Integer> {

    @Mixin
    private ModelAndTable input;

    @Option(
            names = "--row",
            paramLabel = "N",
            description = "Explain this row, counting from 1; repeatable (default: all rows).")
    private List<Long> rows = List.of();

    @Option(
            names = "--of",
            paramLabel = "NAME",
            description = "Explain this class, or this one of several targets (default: the predicted class).")
    private String of;

    @Option(names = "--json", description = "Print a line of JSON for each row.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final Set<Long> wanted = new TreeSet<>();
    private long read;

    @Override
    public Integer call() throws IOException {
        wanted.addAll(rows);
        if (wanted.stream().anyMatch(row -> row < 1)) {
            throw new IllegalArgumentException("--row counts a table's rows from 1, but was " + rows);
        }
        Served model = input.model();
        try (CsvBlocks table = CsvBlocks.of(input.openTable(), input.tableName(), input.csv())) {
            model.inputs().takeFrom(table, input.tableName());
            CsvBlock block = table.next(null);
            while (block != null) {
                explain(model, block);
                block = rows.isEmpty() || !wanted.isEmpty() ? table.next(block) : null; // reads no further than it must
            }
        }
        if (!wanted.isEmpty()) {
            throw new IllegalArgumentException(input.tableName() + " has " + read + (read == 1 ? " row" : " rows")
                    + ", but --row asks for " + wanted);
        }
        return ExitCode.OK;
    }

    private void explain(Served model, CsvBlock block) throws IOException {
        double[][] prepared = model.inputs().prepared(block, input.tableName()).numbers();
        PrintWriter out = spec.commandLine().getOut();
        for (int i = 0; i < prepared.length; i++) {
            read++;
            if (rows.isEmpty() || wanted.remove(read)) {
                Explanation why = model.predictor().explainPrepared(prepared[i], of);
                out.println(
                        json
                                ? "{\"row\":" + read + ",\"explanation\":" + Served.json(why) + "}"
                                : "row " + read + ": " + why.text(cells(model, block, i)));
                out.flush();
            }
        }
    }

    private static Map<String, String> cells(Served model, CsvBlock block, int row) {
        Map<String, String> cells = new LinkedHashMap<>();
        List<String> names = model.inputs().names();
        for (int k = 0; k < names.size(); k++) {
            String cell = block.text(row, k);
            cells.put(names.get(k), cell == null ? "missing" : cell);
        }
        return cells;
    }
}
