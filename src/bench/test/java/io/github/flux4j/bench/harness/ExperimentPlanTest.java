package io.github.flux4j.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class ExperimentPlanTest {

    private static final List<String> READY = ExperimentPlan.READY;

    private static final String THREADS = """
            rounds = 4
            questions = threads, engine
            threads.asks = How many?
            threads.vary = omp: 1, 2; blas-threads: auto, 2
            threads.with = engine: dl4j
            threads.workloads = gemm-64, train-article
            engine.vary = engine: lean, dl4j
            engine.workloads = tanh-1e3
            """;

    private static ExperimentPlan plan(String text) throws IOException {
        return ExperimentPlan.parse("test", new StringReader(text));
    }

    @ParameterizedTest
    @FieldSource("READY")
    void thePlansThatComeAlongAreRight(String name) throws IOException {
        assertThat(ExperimentPlan.load(name).work()).containsKey(Cell.STANDARD);
    }

    @Test
    void aQuestionOfTwoAxesHasTheirProductAroundItsBase() throws IOException {
        Question threads = plan(THREADS).questions().get(0);
        assertThat(threads.cells())
                .extracting(Cell::label)
                .containsExactly(
                        "engine=dl4j omp=1",
                        "blas-threads=2 engine=dl4j omp=1",
                        "engine=dl4j omp=2",
                        "blas-threads=2 engine=dl4j omp=2");
        assertThat(threads.reference().label()).isEqualTo("engine=dl4j omp=1");
        assertThat(threads.given()).isEqualTo("With engine=dl4j.");
    }

    @Test
    void aCellOfSeveralQuestionsRunsOnceWithAllTheirWorkloads() throws IOException {
        ExperimentPlan plan = plan("""
                questions = a, b
                a.vary = engine: auto, dl4j
                a.workloads = gemm-64
                b.vary = omp: auto, 1
                b.workloads = gemm-64, tanh-1e3
                """);
        assertThat(plan.work()).hasSize(3);
        assertThat(plan.work().get(Cell.STANDARD)).containsExactly("gemm-64", "tanh-1e3");
    }

    @Test
    void settingsOfTheCommandLineHoldInEveryCell() throws IOException {
        Question engine = plan(THREADS).questions().get(1).around(ExperimentPlan.settings("type=double"));
        assertThat(engine.cells()).allMatch(cell -> cell.has(CellAxis.TYPE, "double"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    rounds = 4                         | rounds = 0                  | rounds must be a whole number from 1 to 1000000, but is 0
                    rounds = 4                         | turns = 4                   | unknown key "turns"
                    questions = threads, engine        | questions = threads, other  | unknown key "engine.
                    engine.vary = engine: lean, dl4j   | engine.vary = engine        | says no values
                    engine.vary = engine: lean, dl4j   | engine.vary = motor: 1      | there is no axis "motor"; there are contender, commit, binary, blas
                    engine.vary = engine: lean, dl4j   | engine.vary = engine: fast  | "fast" is no value of engine; expected auto, lean, dl4j
                    engine.workloads = tanh-1e3        | engine.workloads = sine     | there is no workload "sine"; there are gemm-SIZE
                    threads.with = engine: dl4j        | threads.with = omp: 1, 2    | gives 2 values; a setting has one
                    """)
    void aWrongPlanIsRefusedWithWhatIsExpected(String line, String wrong, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan(THREADS.replace(line, wrong)))
                .withMessageContaining(message);
    }

    @Test
    void aQuestionThatThePlanLacksIsRefused() throws IOException {
        ExperimentPlan plan = plan(THREADS);
        assertThat(plan.only(List.of("engine")).questions()).hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan.only(List.of("none")))
                .withMessage("plan test has no question \"none\"; it has threads, engine");
    }

    @Test
    void anUnknownPlanIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentPlan.load("no-such-plan"))
                .withMessageContaining("neither a file nor one of [quick, full, threads, startup]");
    }

    @Test
    void aStandardValueIsNoSetting() {
        assertThat(Cell.STANDARD.with(CellAxis.OMP_THREADS, "2").with(CellAxis.OMP_THREADS, "auto"))
                .isEqualTo(Cell.STANDARD);
        assertThat(new Cell(Map.of("omp", "2")).get(CellAxis.OMP_THREADS)).isEqualTo("2");
    }
}
