package io.github.flux4j.learn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The part of the ablation's page that comes from the published result. */
final class AblationPage {

    static final Path RESULT = Path.of("src/site/resources/experiments/ablation.json");

    static final Path PAGE = Path.of("src/site/markdown/ablation.md");
    private static final String OPENING = "<!-- ablation -->\n";
    private static final String CLOSING = "<!-- /ablation -->";
    private static final int COMMIT = 8; // digits

    private final AblationResult result;

    private AblationPage(AblationResult result) {
        this.result = result;
    }

    /** Writes it between the marks. */
    static void write() throws IOException {
        String page = Files.readString(PAGE);
        String section = section(AblationResult.read(RESULT));
        Files.writeString(PAGE, page.substring(0, start(page)) + section + page.substring(page.indexOf(CLOSING)));
    }

    private static int start(String page) {
        return page.indexOf(OPENING) + OPENING.length();
    }

    /** What the page has. */
    static String published() throws IOException {
        String page = Files.readString(PAGE);
        return page.substring(start(page), page.indexOf(CLOSING));
    }

    static String section(AblationResult result) {
        AblationPage page = new AblationPage(result);
        return String.join("\n", page.summary(), page.tables(), page.source());
    }

    private static String row(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String three(double number) {
        return String.format(Locale.ROOT, "%.3f", number);
    }

    private static String shown(AblationResult.Ratio ratio) {
        if (ratio == null) {
            return "–";
        }
        return three(ratio.mean())
                + (ratio.low() == null ? "" : " (" + three(ratio.low()) + " to " + three(ratio.high()) + ")");
    }

    private static String names(Map<String, AblationResult.Ratio> tables) {
        return tables.isEmpty() ? "–" : String.join(", ", tables.keySet());
    }

    private String summary() {
        return row(Stream.of(
                        "variant",
                        "numbers: rms",
                        "classes: log loss",
                        "processor time",
                        "tables with a higher error",
                        "tables with a lower error"))
                + "|---|---:|---:|---:|---|---|\n"
                + result.summary().entrySet().stream()
                        .map(variant -> row(Stream.of(
                                variant.getKey(),
                                shown(variant.getValue().regression()),
                                shown(variant.getValue().classes()),
                                three(variant.getValue().processorTime().mean()),
                                names(variant.getValue().higher()),
                                names(variant.getValue().lower()))))
                        .collect(Collectors.joining());
    }

    private String tables() {
        return "Each table, with the error of the defaults and the ratios to it:\n\n"
                + row(Stream.concat(Stream.of("table", "rows", "columns", "error"), result.summary().keySet().stream()))
                + "|---|" + "---:|".repeat(3 + result.summary().size()) + "\n"
                + result.tables().entrySet().stream()
                        .map(table -> row(table(table.getKey(), table.getValue())))
                        .collect(Collectors.joining());
    }

    private Stream<String> table(String name, AblationResult.Judged table) {
        String error =
                String.format(Locale.ROOT, "%s %.4g", table.ofClasses() ? "log loss" : "rms", table.usualError());
        return Stream.concat(
                Stream.of(name, "" + table.rows(), "" + table.columns(), error),
                result.summary().keySet().stream()
                        .map(variant -> three(table.error(variant).mean())));
    }

    private String source() {
        AblationResult.Environment environment = result.environment();
        long seeds = result.tables().values().stream()
                .flatMap(table -> table.fits().stream())
                .map(AblationResult.Fit::seed)
                .distinct()
                .count();
        return result.tables().size() + " tables, " + seeds + (seeds == 1 ? " seed" : " seeds") + ", "
                + result.date() + ", sources of commit "
                + environment
                        .commit()
                        .substring(0, Math.min(COMMIT, environment.commit().length()))
                + ", Java " + environment.java() + ", " + environment.processor()
                + ". [Every fit](../resources/experiments/ablation.json)\n";
    }
}
