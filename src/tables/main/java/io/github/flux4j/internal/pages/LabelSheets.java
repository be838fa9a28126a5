package io.github.flux4j.internal.pages;

import io.github.flux4j.evaluate.Unseen;
import io.github.flux4j.internal.charts.Digits;
import io.github.flux4j.internal.charts.Sheet;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.report.Page.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Tables of which classes were taken for which. */
record LabelSheets(Unseen.Labels labels) {

    List<Part> all() {
        return List.of(confusion(), perClass());
    }

    private int count(int actual, int predicted) {
        return labels.confusion().get(actual).get(predicted);
    }

    private IntStream places() {
        return IntStream.range(0, labels.classes().size());
    }

    private boolean areOthers(int k) {
        return labels.othersRight() != null && k == labels.classes().size() - 1;
    }

    /** How many rows were taken for the very class that they are. */
    private int right(int k) {
        return areOthers(k) ? labels.othersRight() : count(k, k);
    }

    private Sheet confusion() {
        List<String> header = new ArrayList<>(List.of("actual ↓ predicted →"));
        labels.classes().forEach(name -> header.add(Names.shown(name)));
        return new Sheet(
                "Confusion",
                header,
                places().mapToObj(this::row).toList(),
                "Held-out rows. Blue: predicted correctly; orange: predicted as another class. A deeper colour is a larger share of the actual class.");
    }

    private List<Sheet.Cell> row(int actual) {
        List<Sheet.Cell> cells = new ArrayList<>(
                List.of(Sheet.Cell.of(Names.shown(labels.classes().get(actual)))));
        places().forEach(predicted -> cells.add(cell(actual, predicted)));
        return cells;
    }

    private Sheet.Cell cell(int actual, int predicted) {
        int count = count(actual, predicted);
        boolean areSame = actual == predicted;
        if (areSame && areOthers(actual)) {
            return new Sheet.Cell(
                    String.valueOf(count),
                    right(actual) / (double) Math.max(1, ofActual(actual)),
                    right(actual) + " predicted correctly, " + (count - right(actual)) + " as another of them");
        }
        double share = count / (double) Math.max(1, ofActual(actual));
        String said =
                Digits.of(100 * share) + " % of " + Names.shown(labels.classes().get(actual)) + " taken for "
                        + Names.shown(labels.classes().get(predicted));
        return new Sheet.Cell(String.valueOf(count), areSame ? share : -share, said);
    }

    private int ofActual(int k) {
        return places().map(j -> count(k, j)).sum();
    }

    private int ofPredicted(int k) {
        return places().map(i -> count(i, k)).sum();
    }

    private Sheet perClass() {
        return new Sheet(
                "Each class",
                List.of("class", "rows", "precision", "recall"),
                places().mapToObj(k -> Sheet.row(
                                Names.shown(labels.classes().get(k)),
                                String.valueOf(ofActual(k)),
                                ratio(right(k), ofPredicted(k)),
                                ratio(right(k), ofActual(k))))
                        .toList(),
                "Precision: the share of rows predicted as the class that are in it. Recall: the share of the class's rows that are predicted as it."
                        + (labels.othersRight() == null ? "" : " Each of the others counts for its own class."));
    }

    private static String ratio(int part, int whole) {
        return whole == 0 ? "–" : Digits.of(part / (double) whole);
    }
}
