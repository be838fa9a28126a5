package io.github.flux4j.learn;

import io.github.flux4j.evaluate.ScoreDifference;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a reader should know of a model before it is used (Mitchell and others 2019), by what its file says. */
final class ModelCard {

    /** The section that ends with the words of the model's makers, which are Markdown. */
    private static final String USE = "Use";

    /** A heading, paragraphs, and a table of two columns, which may be empty. */
    private record Section(String title, List<String> text, String key, String value, Map<String, String> rows) {

        static Section of(String title, List<String> text) {
            return new Section(title, text, "", "", Map.of());
        }

        String markdown() {
            String table = rows.entrySet().stream()
                    .map(row -> "| " + cell(row.getKey()) + " | " + cell(row.getValue()) + " |\n")
                    .collect(Collectors.joining());
            return "## " + title + "\n\n"
                    + text.stream()
                            .map(line ->
                                    (title.equals(USE) && line.equals(text.get(text.size() - 1)) ? line : cell(line))
                                            + "\n\n")
                            .collect(Collectors.joining())
                    + (table.isEmpty() ? "" : "| " + key + " | " + value + " |\n|---|---|\n" + table + "\n");
        }

        List<Part> parts() {
            Stream<Part> paragraphs = text.stream().map(Part::text);
            return Stream.concat(
                            paragraphs, rows.isEmpty() ? Stream.empty() : Stream.of(Sheet.of("", key, value, rows)))
                    .toList();
        }
    }

    private final Fitted model;
    private final Report report;
    private final List<Section> sections = new ArrayList<>();

    ModelCard(Fitted model, String words) {
        this.model = model;
        this.report = model.report();
        String said =
                words.isBlank() ? "Its makers have not said what it may be used for, and what not." : words.strip();
        sections.add(Section.of(USE, List.of(purpose(), said)));
        sections.add(quality());
        parts();
        sections.add(Section.of("Limits", limits()));
        sections.add(data());
        sections.add(made());
    }

    private String title() {
        return "A model of " + report.targets().stream().map(Names::shown).collect(Collectors.joining(", "));
    }

    private String purpose() {
        return "It predicts "
                + (model instanceof FittedClassifier classes
                        ? "which of " + classes.classes() + " a row is"
                        : "numbers")
                + ", from " + Words.count(model.features().size(), "column") + ": "
                + model.features().stream().map(Names::shown).collect(Collectors.joining(", ")) + ".";
    }

    private Section quality() {
        Map<String, String> rows = new LinkedHashMap<>();
        report.leftOut()
                .forEach(
                        (metric, value) -> rows.put(metric, Figures.short3(value) + interval(metric) + linear(metric)));
        List<String> text = rows.isEmpty()
                ? List.of("No row was held out, so its error on new ones is unknown.")
                : List.of(
                        "Rows that were held out judge it; single networks predicted them, and the model averages these."
                                + (Double.isNaN(report.quality().coverage())
                                        ? ""
                                        : " Its 90 % intervals cover "
                                                + Figures.short3(
                                                        100 * report.quality().coverage()) + " % of them."));
        return new Section("Quality", text, "metric", "held-out rows", rows);
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
        return " (95 % interval of the mean of " + parts.length + " shares " + Figures.short3(of.low()) + " to "
                + Figures.short3(of.high()) + ")";
    }

    private String linear(String metric) {
        Double linear = report.quality().yardsticks().get(metric);
        return linear == null ? "" : "; " + report.quality().yardstick() + " regression " + Figures.short3(linear);
    }

    /** By class, or by thirds of the prediction. */
    private void parts() {
        Map<String, String> rows = new LinkedHashMap<>();
        List<List<Integer>> confusion = report.unseen().labels().confusion();
        int known = report.unseen().labels().classes().size()
                - (report.unseen().labels().othersRight() == null ? 0 : 1);
        for (int k = 0; k < Math.min(known, confusion.size()); k++) {
            int all = confusion.get(k).stream().mapToInt(count -> count).sum();
            rows.put(
                    report.unseen().labels().classes().get(k),
                    all == 0 ? "none" : Figures.short3(100.0 * confusion.get(k).get(k) / all) + " % of " + all);
        }
        List<Double> thirds = report.unseen().numbers().isEmpty()
                ? List.of()
                : report.unseen().numbers().get(0).coverageByThirds();
        IntStream.range(0, thirds.size())
                .forEach(i -> rows.put(
                        List.of("lowest", "middle", "highest").get(i), Figures.short3(100 * thirds.get(i)) + " %"));
        if (!rows.isEmpty()) {
            sections.add(
                    thirds.isEmpty()
                            ? new Section("By class", List.of(), "class", "held-out rows that it recognises", rows)
                            : new Section(
                                    "By third of the prediction",
                                    List.of(),
                                    "third",
                                    "held-out rows that 90 % intervals cover",
                                    rows));
        }
    }

    private List<String> limits() {
        List<String> limits = new ArrayList<>(report.notes());
        if (!report.verdict().isEmpty()) {
            limits.add(0, report.verdict());
        }
        String ranges = model.preparation().ranges().entrySet().stream()
                .map(range -> Names.shown(range.getKey()) + " "
                        + Figures.short4(range.getValue().get(0)) + " to "
                        + Figures.short4(range.getValue().get(1)))
                .collect(Collectors.joining(", "));
        if (!ranges.isEmpty()) {
            limits.add("outside of these ranges it has seen nothing: " + ranges);
        }
        limits.add(
                "a text that training didn't have says nothing to it, and where columns depend on each other, it doesn't know which is the cause");
        return limits.stream().map(Words::sentence).toList();
    }

    private Section data() {
        Map<String, String> rows = new LinkedHashMap<>(report.data().columns());
        report.data().rowsLeftOut().forEach((why, count) -> rows.put("rows " + why, count + " dropped"));
        return new Section(
                "Data", List.of(Words.count(report.data().rows(), "row") + " with the target."), "column", "use", rows);
    }

    private Section made() {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put(
                "training",
                Figures.seconds(report.elapsed()) + ", "
                        + Words.count(report.training().networks(), "network") + ", "
                        + Words.count(report.training().bestEpoch(), "epoch") + ", seed "
                        + report.settings().get("seed"));
        Report.Provenance made = report.provenance();
        if (made != null) {
            rows.put("SHA-256 of the table", made.table());
            rows.put("SHA-256 of its file", made.file().isEmpty() ? "none" : made.file());
        }
        rows.putAll(report.environment());
        return new Section("How it was made", List.of(), "what", "which", rows);
    }

    String markdown() {
        return "# " + cell(title()) + "\n\n"
                + sections.stream()
                        .map(Section::markdown)
                        .collect(Collectors.joining())
                        .strip() + "\n";
    }

    Page page() {
        Page page = Page.of(title(), "");
        for (Section section : sections) {
            page = page.with(section.title(), section.parts());
        }
        return page;
    }

    /** On one line, with nothing that Markdown obeys. */
    private static String cell(String text) {
        return text.replaceAll("\\p{Cntrl}", " ").replaceAll("[\\\\|`*_<\\[\\]]", "\\\\$0");
    }
}
