package io.github.flux4j.cli.train;

import io.github.flux4j.data.Folds;
import io.github.flux4j.data.Table;
import io.github.flux4j.learn.Estimator;
import io.github.flux4j.learn.Evaluation;
import io.github.flux4j.learn.Fitted;
import io.github.flux4j.learn.Learn;
import java.time.Duration;

/**
 * What was computed.
 *
 * @param evaluation null without folds
 * @param fitted null if only folds were asked for
 */
record Training(Evaluation evaluation, Fitted fitted, Duration elapsed) {

    static Training of(Table table, Task task, TrainOptions options) {
        long start = System.nanoTime();
        Estimator<?, ?> estimator = estimator(task, options);
        Evaluation evaluation = options.folds == null
                ? null
                : Learn.crossValidate(estimator, table, options.target, folds(task, options));
        Fitted fitted = options.folds == null || options.out != null ? estimator.fit(table, options.target) : null;
        return new Training(evaluation, fitted, Duration.ofNanos(System.nanoTime() - start));
    }

    private static Estimator<?, ?> estimator(Task task, TrainOptions options) {
        Estimator<?, ?> usual = task.ofClasses() ? Learn.classifier() : Learn.regressor();
        Estimator<?, ?> seeded = usual.seed(options.seed);
        return options.epochs == null ? seeded : seeded.epochs(options.epochs);
    }

    private static Folds folds(Task task, TrainOptions options) {
        Folds folds = Learn.kfold(options.folds).seed(options.seed);
        return task.ofClasses() ? folds.stratified() : folds;
    }
}
