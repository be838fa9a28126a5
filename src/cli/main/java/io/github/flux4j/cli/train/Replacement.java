package io.github.flux4j.cli.train;

import io.github.flux4j.cli.InputFile;
import io.github.flux4j.evaluate.ScoreDifference;
import io.github.flux4j.internal.figures.Figures;
import io.github.flux4j.learn.Fitted;
import io.github.flux4j.learn.FittedClassifier;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Folds;
import io.github.flux4j.table.Folds.RowSplit;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model that a better one replaces: judged by a fifth of the rows, which the new one doesn't learn from.
 *
 * @param learnt the rows that it learns from
 * @param judges the others
 */
record Replacement(Path file, Fitted old, Table learnt, Table judges) {

    /** The exit code where the old model stays. */
    static final int KEPT = 4;

    private static final double SHARE = 0.2;
    private static final double WORTH_SAYING = 0.02;

    static Replacement of(Table table, Task task, TrainOptions options) throws IOException {
        Fitted old = model(options.replace, "--replace", options);
        boolean ofClasses = old instanceof FittedClassifier;
        if (ofClasses != task.ofClasses()) {
            throw new IllegalArgumentException(
                    "--replace needs a model of the same kind as the new one, but " + options.replace + " predicts "
                            + (ofClasses ? "classes; add --classify" : "numbers; add --regress"));
        }
        Column target = table.column(options.target);
        Table known = table.rows(IntStream.range(0, table.rows())
                .filter(row -> !target.isMissing(row))
                .toArray());
        Folds folds = Folds.holdout(SHARE).seed(options.seed);
        folds = options.group == null ? folds : folds.groupedBy(options.group);
        folds = options.time == null ? folds : folds.orderedBy(options.time);
        RowSplit split = folds.of(known, options.target).get(0);
        return new Replacement(options.replace, old, known.rows(split.train()), known.rows(split.test()));
    }

    /** Of the target that is to be predicted. */
    static Fitted model(Path file, String option, TrainOptions options) throws IOException {
        Fitted model = Fitted.load(InputFile.require(file));
        if (!model.targets().equals(List.of(options.target))) {
            throw new IllegalArgumentException(option + " needs a model of " + options.target + ", but " + file
                    + " predicts " + String.join(", ", model.targets()));
        }
        return model;
    }

    /** Replaces the file if the model is better, and says so; whether it is. */
    boolean judged(Fitted model, PrintWriter out) throws IOException {
        ScoreDifference less = old.minus(model, judges);
        boolean isBetter = less.low() > 0;
        if (isBetter) {
            model.save(file);
        }
        double seen = old.evaluate(judges).trainedOn();
        out.println(file + (isBetter ? " was replaced" : " stays as it was") + ": on " + judges.rows()
                + " rows that the new model did not see, its mean "
                + (old instanceof FittedClassifier ? "log loss" : "squared error") + " is lower by "
                + Figures.short3(less.mean()) + " (95 % interval " + Figures.short3(less.low()) + " to "
                + Figures.short3(less.high()) + ")"
                + (seen > WORTH_SAYING
                        ? "; the old one saw about " + Math.round(100 * seen) + " % of these rows, which favours it"
                        : ""));
        out.flush();
        return isBetter;
    }
}
