package io.github.flux4j.bench.backends;

import static io.github.flux4j.bench.report.Page.escape;

import io.github.flux4j.bench.report.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tables whose cells are the greener the faster and the redder the slower they are than the reference. */
final class HeatMap {

    /** The ratio that has the full colour. */
    private static final double FULL = 4;

    private final Results results;
    private final Question question;

    private HeatMap(Results results, Question question) {
        this.results = results;
        this.question = question;
    }

    static String of(Results results, Question question) {
        HeatMap map = new HeatMap(results, question);
        return question.isProduct() ? map.products() : map.oneAxis();
    }

    /** A row a value, a column a workload. */
    private String oneAxis() {
        StringBuilder html = new StringBuilder("<div class=\"scroll\"><table class=\"heat\">\n<tr><th>")
                .append(question.first().axis().key())
                .append("</th>");
        question.workloads()
                .forEach(name -> html.append("<th title=\"")
                        .append(Workloads.about(name))
                        .append("\">")
                        .append(name.replace("-", "-<wbr>"))
                        .append("</th>"));
        html.append("</tr>\n");
        for (Cell cell : question.cells()) {
            html.append("<tr><th>").append(escape(question.label(cell))).append("</th>");
            question.workloads().forEach(workload -> html.append(square(cell, workload)));
            html.append("</tr>\n");
        }
        return html.append("</table></div>\n").toString();
    }

    /** A table a workload; rows and columns are the two axes. */
    private String products() {
        StringBuilder html = new StringBuilder("<div class=\"tiles\">\n");
        for (String workload : question.workloads()) {
            html.append("<figure><figcaption>")
                    .append(workload)
                    .append("</figcaption><table class=\"heat\">\n<tr><th>");
            html.append(question.first().axis().key())
                    .append(" ↓ ")
                    .append(question.second().axis().key())
                    .append(" →</th>");
            List<String> columns = question.second().values();
            columns.forEach(value -> html.append("<th>").append(value).append("</th>"));
            html.append("</tr>\n");
            for (String value : question.first().values()) {
                Cell row = question.base().with(question.first().axis(), value);
                html.append("<tr><th>").append(value).append("</th>");
                columns.forEach(
                        column -> html.append(square(row.with(question.second().axis(), column), workload)));
                html.append("</tr>\n");
            }
            html.append("</table></figure>\n");
        }
        return html.append("</div>\n").toString();
    }

    private String square(Cell cell, String workload) {
        Optional<Figure> figure = results.figure(question, cell, workload);
        if (figure.isEmpty()) {
            String reason = results.refusal(cell, workload);
            return "<td class=\"none\" title=\""
                    + escape(reason == null ? "not run" : reason).replace("\"", "&quot;") + "\">–</td>";
        }
        double median = figure.get().median();
        double ratio = results.overReference(question, cell, workload).orElse(1.0);
        boolean isReference = cell.equals(question.reference());
        double flop = Workloads.named(workload).flop();
        return "<td style=\"background:" + colour(ratio) + "\"" + (isReference ? " class=\"reference\"" : "") + "><b>"
                + Units.time(median) + "</b><small>"
                + String.join(" · ", details(figure.get(), isReference ? 1 : ratio))
                + (flop > 0 ? "<br>" + Units.digits(flop / median) + " GFLOP/s" : "") + "</small></td>";
    }

    private static List<String> details(Figure figure, double ratio) {
        List<String> details = new ArrayList<>();
        if (ratio != 1) {
            details.add("× " + Units.digits(ratio));
        }
        if (figure.processes() > 1) {
            details.add("± " + Math.round(100 * figure.spread()) + " %");
        }
        return details;
    }

    /** Transparent, so that it suits a light page and a dark one. */
    private static String colour(double ratio) {
        double strength = Math.min(1, Math.abs(Math.log(ratio)) / Math.log(FULL));
        String hue = ratio < 1 ? "0,150,110" : "225,100,30";
        return String.format(Locale.ROOT, "rgba(%s,%.2f)", hue, 0.55 * strength);
    }
}
