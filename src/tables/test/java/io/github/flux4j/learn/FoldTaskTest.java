package io.github.flux4j.learn;

import static io.github.flux4j.Flux4j.adam;
import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.internal.prepare.Prepared;
import io.github.flux4j.optimise.Schedule;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuel consumption of 392 cars; a column of dates is derived from. The oracle of shared rows is the same rows prepared alone. */
class FoldTaskTest {

    private static final String TARGET = "Miles_per_Gallon";
    private static final Regressor USUAL = regressor().seed(5);
    private static Table cars;

    @BeforeAll
    static void read() throws IOException {
        Table all = Table.read(Path.of("src/site/data/auto-mpg.csv"));
        cars = all.rows(FoldFit.known(all, TARGET));
    }

    static Stream<UnaryOperator<Regressor>> training() {
        return Stream.of(
                r -> r.network("dense(3, tanh), dense"),
                r -> r.rule(adam(0.1)),
                r -> r.schedule(Schedule.exp(0.1, 0.9)),
                r -> r.epochs(3),
                r -> r.batchSize(7),
                r -> r.penalty(0.1, 0.5),
                r -> r.periodic(3),
                r -> r.inputRate(2),
                r -> r.embeddings(2),
                r -> r.progress(epoch -> {}));
    }

    static Stream<UnaryOperator<Regressor>> preparation() {
        return Stream.of(
                r -> r.scale(false),
                r -> r.cosines(4, 0.3),
                r -> r.curves(false),
                r -> r.drop("Origin"),
                r -> r.keep("Name"),
                r -> r.deriveColumns(false),
                r -> r.networks(3),
                r -> r.seed(6),
                r -> r.orderedBy("Year"),
                r -> r.logTarget(),
                r -> r.validation(cars));
    }

    private static FoldTask.Prepared prepared(Regressor estimator, Table table, FoldTask.Shared shared) {
        int[] train = IntStream.range(0, 300).toArray();
        int[] test = IntStream.range(300, table.rows()).toArray();
        return new FoldTask(0, estimator, TARGET, train, test, 0, shared).prepared(estimator, table);
    }

    @ParameterizedTest
    @MethodSource("training")
    void estimatorsThatDifferInTrainingShareRowsAndWouldPrepareThemAlike(UnaryOperator<Regressor> change) {
        FoldTask.Shared shared = new FoldTask.Shared();
        FoldTask.Prepared first = prepared(USUAL, cars, shared);
        assertThat(prepared(change.apply(USUAL), cars, shared)).isSameAs(first);

        Prepared alone = prepared(change.apply(USUAL), cars, new FoldTask.Shared())
                .learnt()
                .data();
        Prepared known = first.learnt().data();
        assertThat(alone.fingerprint()).isEqualTo(known.fingerprint());
        assertThat(alone.preparation().rows(cars)).isEqualTo(known.preparation().rows(cars));
        assertThat(alone.goal()).isEqualTo(known.goal());
    }

    @ParameterizedTest
    @MethodSource("preparation")
    void estimatorsThatDifferInPreparationDoNotShareRows(UnaryOperator<Regressor> change) {
        FoldTask.Shared shared = new FoldTask.Shared();
        FoldTask.Prepared first = prepared(USUAL, cars, shared);
        assertThat(prepared(change.apply(USUAL), cars, shared)).isNotSameAs(first);
    }

    @Test
    void tablesDoNotShareRows() {
        FoldTask.Shared shared = new FoldTask.Shared();
        Table same = cars.rows(IntStream.range(0, cars.rows()).toArray());
        assertThat(prepared(USUAL, cars, shared)).isNotSameAs(prepared(USUAL, same, shared));
    }
}
