package io.github.flux4j.cli.train;

import io.github.flux4j.learn.Classifier;
import io.github.flux4j.learn.Estimator;
import io.github.flux4j.learn.Evaluation;
import io.github.flux4j.learn.Fitted;
import io.github.flux4j.learn.Learn;
import io.github.flux4j.learn.Regressor;
import io.github.flux4j.learn.Tuned;
import io.github.flux4j.learn.Tuning;
import io.github.flux4j.table.Folds;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.time.Duration;

/**
 * What was computed.
 *
 * @param evaluation null without folds, or if they were for tuning
 * @param tuned null if nothing was
 * @param fitted null if only folds were asked for
 */
record TrainOutcome(Evaluation evaluation, Tuned<?, ?> tuned, Fitted fitted, Duration elapsed) {

    private static final int FOLDS = 5;
    private static final int TRIALS = 30;

    /**
     * By what was asked for.
     *
     * @throws java.util.concurrent.CancellationException if the thread is interrupted before anything was learnt
     */
    static TrainOutcome of(Table table, Task task, TrainOptions options, ProgressLine line) throws IOException {
        long start = System.nanoTime();
        if (options.resume != null) {
            Fitted further =
                    Replacement.model(options.resume, "--resume", options).further(table);
            return new TrainOutcome(null, null, further, Duration.ofNanos(System.nanoTime() - start));
        }
        Estimator<?, ?> estimator = estimator(task, options).progress(epoch -> line.show(epoch.progress(), epoch));
        Tuned<?, ?> tuned = options.tune.isEmpty() ? null : tuned(estimator, table, options, line);
        boolean folds = options.folds != null && tuned == null;
        Evaluation evaluation = folds ? evaluation(estimator, table, folds(estimator, options), options, line) : null;
        Fitted fitted = tuned != null
                ? best(tuned, table, options)
                : !folds || options.out != null ? estimator.fit(table, options.target) : null;
        return new TrainOutcome(evaluation, tuned, fitted, Duration.ofNanos(System.nanoTime() - start));
    }

    /** What is fitted. */
    static Estimator<?, ?> estimator(Task task, TrainOptions options) {
        if (task.ofClasses()) {
            options.requireNoNumbers();
        } else {
            options.requireNoClasses();
        }
        Regressor numbers = options.logTarget ? Learn.regressor().logTarget() : Learn.regressor();
        Estimator<?, ?> usual = task.ofClasses() ? options.of(Learn.classifier()) : numbers;
        Estimator<?, ?> chosen = options.linear ? usual.linear() : usual;
        Estimator<?, ?> divided =
                chosen.groupedBy(options.group).orderedBy(options.time).weights(options.weights);
        Estimator<?, ?> placed = options.beyond == null ? divided : divided.beyond(options.beyond);
        Estimator<?, ?> seeded = placed.seed(options.seed)
                .keep(options.keep)
                .timeLimit(options.timeLimit())
                .keepRows(options.keepRows)
                .deriveColumns(!options.noDerive);
        return options.changed(options.epochs == null ? seeded : seeded.epochs(options.epochs));
    }

    private static Folds folds(Estimator<?, ?> estimator, TrainOptions options) {
        return estimator.folds(options.folds == null ? FOLDS : options.folds).seed(options.seed);
    }

    private static Evaluation evaluation(
            Estimator<?, ?> estimator, Table table, Folds folds, TrainOptions options, ProgressLine line) {
        return Learn.crossValidate(
                estimator,
                table,
                options.target,
                folds,
                done -> line.show((double) done / folds.k(), "fold " + done + "/" + folds.k()));
    }

    private static Tuned<?, ?> tuned(Estimator<?, ?> estimator, Table table, TrainOptions options, ProgressLine line) {
        Folds folds = folds(estimator, options);
        return estimator instanceof Classifier classifier
                ? tuned(Learn.tune(classifier).folds(folds), table, options, line)
                : tuned(Learn.tune((Regressor) estimator).folds(folds), table, options, line);
    }

    private static <E extends Estimator<E, F>, F extends Fitted> Tuned<E, F> tuned(
            Tuning<E, F> usual, Table table, TrainOptions options, ProgressLine line) {
        Tuning<E, F> tuning = usual.random(options.trials == null ? TRIALS : options.trials)
                .seed(options.seed)
                .progress(done -> line.show((double) done.fits() / done.ofFits(), done));
        for (String range : options.tune) {
            tuning = tuning.over(range);
        }
        return (options.tuneFile == null ? tuning : tuning.saveTo(options.tuneFile)).fit(table, options.target);
    }

    /** An interrupted tuning has no model yet; one of the best so far is made if it is to be saved, and nothing interrupts that. */
    private static Fitted best(Tuned<?, ?> tuned, Table table, TrainOptions options) {
        if (!tuned.interrupted()) {
            return tuned.fitted();
        }
        if (options.out == null || tuned.best().failed()) {
            return null;
        }
        Thread.interrupted();
        return tuned.best().estimator().fit(table, options.target);
    }
}
