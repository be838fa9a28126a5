package io.github.flux4j.learn;

import io.github.flux4j.evaluate.ScoreDifference;
import io.github.flux4j.evaluate.Unseen;
import io.github.flux4j.internal.charts.Sheet;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.figures.Figures;
import io.github.flux4j.internal.figures.Words;
import io.github.flux4j.report.Page;
import io.github.flux4j.report.Page.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a reader should know of a model before it is used (Mitchell and others 2019), by what its file says. */
record ModelCard(Fitted model, Report report) {

    private static final int MOST_GROUPS = 10;

    ModelCard(Fitted model) {
        this(model, model.report());
    }

    /** A paragraph, as HTML and as Markdown. */
    private record Paragraph(String text, String markdown) implements Part {

        static Paragraph of(String text) {
            return new Paragraph(text, plain(text));
        }

        @Override
        public String html() {
            return Part.text(text).html();
        }
    }

    /** With the words of the model's makers, which are Markdown. */
    Page page(String words) {
        String said =
                words.isBlank() ? "Its makers have made no statement on intended and unintended use." : words.strip();
        return Page.of("A model of " + names(report.targets()), "")
                .with("Use", List.of(Paragraph.of(purpose()), new Paragraph(said, said)))
                .with("Quality", quality())
                .with(
                        "Equation",
                        report.equations().stream().map(Report.Equation::sheet).toList())
                .with("By class", table("class", "recall on held-out rows", classes()))
                .with(
                        "Where it fails",
                        table(
                                "rows",
                                (report.leftOut().containsKey("accuracy")
                                                ? "share of wrong classes"
                                                : "mean absolute error")
                                        + " on held-out rows, with 95 % interval",
                                groups()))
                .with("Limits", limits())
                .with("Data", data())
                .with("How it was made", table("item", "value", made()));
    }

    String markdown(String words) {
        Page page = page(words);
        return "# " + plain(page.title()) + "\n"
                + page.sections().stream().map(ModelCard::markdown).collect(Collectors.joining());
    }

    private static String markdown(Page.Section section) {
        return "\n## " + section.title() + "\n\n"
                + section.parts().stream()
                        .map(part -> part instanceof Sheet table ? markdown(table) : ((Paragraph) part).markdown + "\n")
                        .collect(Collectors.joining("\n"));
    }

    private static String markdown(Sheet table) {
        return (table.title().isEmpty() ? "" : plain(table.title()) + "\n\n")
                + "| " + String.join(" | ", table.header()) + " |\n|"
                + "---|".repeat(table.header().size()) + "\n"
                + table.rows().stream()
                        .map(row -> row.stream()
                                .map(cell -> plain(cell.text()))
                                .collect(Collectors.joining(" | ", "| ", " |\n")))
                        .collect(Collectors.joining())
                + (table.caption().isEmpty() ? "" : "\n" + plain(table.caption()) + "\n");
    }

    /** On one line, with nothing that Markdown obeys. */
    private static String plain(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}]", " ").replaceAll("[\\\\|`*_<\\[\\]]", "\\\\$0");
    }

    private static List<Part> table(String key, String value, Map<String, String> rows) {
        return rows.isEmpty() ? List.of() : List.of(Sheet.of("", key, value, rows));
    }

    private static String names(List<String> names) {
        return names.stream().map(Names::shown).collect(Collectors.joining(", "));
    }

    private String purpose() {
        return "It predicts "
                + (model instanceof FittedClassifier classes
                        ? "which of " + classes.classes() + " a row belongs to"
                        : "numbers")
                + ", from " + Words.count(model.features().size(), "column") + ": " + names(model.features()) + ".";
    }

    private List<Part> quality() {
        Map<String, String> rows = new LinkedHashMap<>();
        report.leftOut()
                .forEach(
                        (metric, value) -> rows.put(metric, Figures.short3(value) + interval(metric) + linear(metric)));
        String text = rows.isEmpty()
                ? "No row was held out, so the error on new rows is unknown."
                : "These figures are for held-out rows, predicted by single networks; the model averages the networks."
                        + (report.intervals().isEmpty() ? "" : " " + Words.sentence(report.intervals()));
        return with(Paragraph.of(text), table("metric", "held-out rows", rows));
    }

    private static List<Part> with(Part first, List<Part> others) {
        return Stream.concat(Stream.of(first), others.stream()).toList();
    }

    /** Of the mean over shares of the held-out rows. */
    private String interval(String metric) {
        double[] parts = report.unseen().parts().getOrDefault(metric, List.of()).stream()
                .mapToDouble(part -> part)
                .filter(Double::isFinite)
                .toArray();
        if (parts.length < 2) {
            return "";
        }
        ScoreDifference of = ScoreDifference.of(parts, new double[parts.length], 1.0 / (parts.length - 1), 0.95);
        return " (95 % interval of the mean of " + parts.length + " shares: " + Figures.short3(of.low()) + " to "
                + Figures.short3(of.high()) + ")";
    }

    private String linear(String metric) {
        Double linear = report.quality().yardsticks().get(metric);
        return linear == null ? "" : "; " + report.quality().yardstick() + " regression " + Figures.short3(linear);
    }

    private Map<String, String> classes() {
        Map<String, String> rows = new LinkedHashMap<>();
        Unseen.Labels labels = report.unseen().labels();
        int known = labels.classes().size() - (labels.othersRight() == null ? 0 : 1);
        for (int k = 0; k < known; k++) {
            List<Integer> taken = labels.confusion().get(k);
            int all = taken.stream().mapToInt(count -> count).sum();
            rows.put(
                    labels.classes().get(k),
                    all == 0 ? "none" : Figures.percent((double) taken.get(k) / all) + " of " + all);
        }
        return rows;
    }

    /** Those with the largest errors. */
    private Map<String, String> groups() {
        Map<String, String> rows = new LinkedHashMap<>();
        report.unseen().reasons().groups().stream()
                .limit(MOST_GROUPS)
                .forEach(group -> rows.put(
                        group.column() + ": " + group.name(),
                        Figures.short3(group.error()) + ", " + Figures.short3(group.low()) + " to "
                                + Figures.short3(group.high()) + ", of " + Words.count(group.rows(), "row")));
        return rows;
    }

    private List<Part> limits() {
        List<String> limits = new ArrayList<>(report.notes());
        if (!report.verdict().isEmpty()) {
            limits.add(0, report.verdict());
        }
        String ranges = model.preparation().ranges().entrySet().stream()
                .map(range -> Names.shown(range.getKey()) + " "
                        + range.getValue().stream().map(Figures::short4).collect(Collectors.joining(" to ")))
                .collect(Collectors.joining(", "));
        if (!ranges.isEmpty()) {
            limits.add("training had no numbers outside these ranges: " + ranges);
        }
        limits.add(
                "it ignores a text that training did not have, and can't tell which of several dependent columns is the cause");
        return limits.stream()
                .<Part>map(limit -> Paragraph.of(Words.sentence(limit)))
                .toList();
    }

    private List<Part> data() {
        Map<String, String> rows = new LinkedHashMap<>(report.data().columns());
        report.data().rowsLeftOut().forEach((why, count) -> rows.put("rows " + why, count + " dropped"));
        return with(
                Paragraph.of(Words.count(report.data().rows(), "row") + " with the target."),
                table("column", "use", rows));
    }

    private Map<String, String> made() {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put(
                "training",
                Figures.seconds(report.elapsed()) + ", " + report.made() + ", seed "
                        + report.settings().get("seed"));
        if (report.provenance() != null) {
            rows.put("SHA-256 of the table", report.provenance().table());
            String file = report.provenance().file();
            rows.put("SHA-256 of its file", file.isEmpty() ? "none" : file);
        }
        rows.putAll(report.environment());
        return rows;
    }
}
