package io.github.flux4j.spark;

import static io.github.flux4j.learn.Learn.classifier;
import static io.github.flux4j.learn.Learn.crossValidate;
import static io.github.flux4j.learn.Learn.kfold;
import static io.github.flux4j.learn.Learn.regressor;
import static io.github.flux4j.learn.Learn.tune;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.learn.Estimator;
import io.github.flux4j.learn.Evaluation;
import io.github.flux4j.learn.FoldExecutor;
import io.github.flux4j.learn.Tuned;
import io.github.flux4j.learn.Tuning;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.Strip;
import io.github.flux4j.table.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Tuning by Spark's tasks; the oracle is tuning by threads of this process. */
class SparkFoldsTest {

    /** Numbers, some of them missing, texts and dates. */
    private static Table cars() {
        Random random = new Random(1);
        List<Map<String, Object>> cars = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            double power = 50 + random.nextInt(150);
            LocalDate built = LocalDate.of(1970 + random.nextInt(12), 6, 1);
            Map<String, Object> car = new LinkedHashMap<>();
            car.put("power", i % 9 == 4 ? null : power);
            car.put("origin", List.of("Japan", "Europe", "USA").get(random.nextInt(3)));
            car.put("built", built);
            car.put("mpg", i == 7 ? null : 50 - power * 0.2 + built.getYear() - 1970);
            cars.add(car);
        }
        return Table.ofMaps(cars);
    }

    /** A rule of one's own. */
    record Halving(double eta) implements Rule {
        @Override
        public void apply(Strip d, Strip p, Strip[] m, long t) {
            d.times(eta);
        }
    }

    private static FoldExecutor onSpark() {
        return new SparkFolds(LocalSpark.session());
    }

    private static List<?> summary(Tuned<?, ?> tuned) {
        return tuned.trials().stream()
                .map(trial -> List.of(trial.number(), trial.values(), trial.scores(), trial.failure()))
                .toList();
    }

    private static <E extends Estimator<E, F>, F extends io.github.flux4j.learn.Fitted> Tuning<E, F> three(
            E estimator) {
        return tune(estimator.with("epochs", "3").with("networks", "2"))
                .over("batchSize", (e, size) -> e.batchSize(size), 4, 8, 16)
                .folds(kfold(2))
                .grid(1);
    }

    @Test
    void trialsOnExecutorsAreThoseOfThisProcessToTheBit() {
        Table cars = cars();

        assertThat(summary(three(regressor()).executor(onSpark()).fit(cars, "mpg")))
                .isEqualTo(summary(three(regressor()).threads(2).fit(cars, "mpg")));
        assertThat(summary(three(classifier()).executor(onSpark()).fit(cars, "origin")))
                .isEqualTo(summary(three(classifier()).threads(2).fit(cars, "origin")));
    }

    @Test
    void foldsOnExecutorsAreThoseOfThisProcessToTheBit() {
        Table cars = cars();
        for (var each : Map.of(
                        regressor().epochs(3).networks(2), "mpg",
                        classifier().epochs(3).networks(2), "origin")
                .entrySet()) {
            Evaluation here = crossValidate(each.getKey(), cars, each.getValue(), kfold(3));
            Evaluation there = crossValidate(each.getKey(), cars, each.getValue(), kfold(3), onSpark());
            assertThat(there.predictions().predictions())
                    .isDeepEqualTo(here.predictions().predictions());
            assertThat(there.yardstick(here.metrics().get(0)))
                    .isEqualTo(here.yardstick(here.metrics().get(0)));
        }
    }

    @Test
    void whatAListenerThrowsIsThrown() {
        Tuning<?, ?> tuning = three(regressor()).executor(onSpark()).progress(progress -> {
            throw new IllegalStateException("enough");
        });
        assertThatIllegalStateException()
                .isThrownBy(() -> tuning.fit(cars(), "mpg"))
                .withMessage("enough");
    }

    @Test
    void aTrialThatFailsIsAResultAndOneThatCannotTravelIsRefused() {
        Tuned<?, ?> tuned = tune(regressor().epochs(2).networks(1))
                .over("network", (r, text) -> r.network(text), "dense", "dense(8, relu), nosuch(3), dense")
                .folds(kfold(2))
                .grid(1)
                .executor(onSpark())
                .fit(cars(), "mpg");
        assertThat(tuned.trials()).hasSize(2);
        assertThat(tuned.trials().get(1).failure()).contains("nosuch");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> three(regressor().network((inputs, outputs) -> null))
                        .executor(onSpark())
                        .fit(cars(), "mpg"));
        Rule own = new Halving(0.5);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> three(regressor().rule(own)).executor(onSpark()).fit(cars(), "mpg"))
                .withMessageContaining("can't be sent to other machines");
    }

    @Test
    void anInterruptedTuningEnds() {
        Tuning<?, ?> tuning = three(regressor()).executor((table, tasks, done) -> {
            Thread.currentThread().interrupt();
            onSpark().run(table, tasks, done);
        });
        assertThatThrownBy(() -> tuning.fit(cars(), "mpg")).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
