package io.github.flux4j.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.bench.SampleResults;
import io.github.flux4j.bench.harness.Question.Variation;
import io.github.flux4j.bench.harness.Results.Proof;
import io.github.flux4j.bench.harness.Results.Sample;
import io.github.flux4j.bench.workload.Measured;
import io.github.flux4j.cli.PairedRatio;
import io.github.flux4j.internal.threads.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several alternatives beside one reference; the times are invented. */
class ResultsTest {

    private static final Question QUESTION = new Question(
            "threads",
            "How many?",
            Cell.STANDARD,
            List.of(new Variation(CellAxis.OMP_THREADS, List.of("auto", "1", "2", "3", "4"))),
            List.of("gemm-64"));

    private static final int EXPERIMENTS = 500;

    /** 5 % and, for chance in five hundred experiments, two standard errors of 1 %. */
    private static final double ALLOWED = 0.07;

    /** Two of four are ten times as slow, so that the others' intervals are as narrow as those of two alone. */
    @Test
    void whatIsToldApartLeavesTheOthersWithFewFalseVerdicts() {
        SplittableRandom random = new SplittableRandom(8);
        long wrong = IntStream.range(0, EXPERIMENTS)
                .filter(i -> ratios(random, 1, 1, 1, 10, 10).entrySet().stream()
                        .filter(one -> List.of("1", "2").contains(one.getKey().get(CellAxis.OMP_THREADS)))
                        .anyMatch(one -> one.getValue().verdict().isDifference()))
                .count();
        assertThat((double) wrong / EXPERIMENTS).isLessThan(ALLOWED);
    }

    /** A factor of 1.4 where processes scatter by 10 %: an interval for four alternatives alike is too wide for it in most experiments. */
    @Test
    void whatIsToldApartLetsTheOthersBeSeenSooner() {
        SplittableRandom random = new SplittableRandom(9);
        assertThat(seen(random, 1.4, 10, 10, 10)).isGreaterThan(seen(random, 1.4, 1, 1, 1) + EXPERIMENTS / 10);
    }

    private static long seen(SplittableRandom random, double... factors) {
        return IntStream.range(0, EXPERIMENTS)
                .filter(i -> ratios(random, 1, factors[0], factors[1], factors[2], factors[3])
                        .get(Cell.STANDARD.with(CellAxis.OMP_THREADS, "1"))
                        .verdict()
                        .isDifference())
                .count();
    }

    private static Map<Cell, PairedRatio> ratios(SplittableRandom random, double... factors) {
        Results results = new Results(SampleResults.of("abc1234").run(), new ArrayList<>(), new ArrayList<>());
        List<Cell> cells = QUESTION.cells();
        for (int c = 0; c < cells.size(); c++) {
            results.proofs()
                    .add(new Proof(cells.get(c), null, Map.of("gemm-64", new Agreement(Map.of(), "", null)), null));
            for (int round = 0; round < 5; round++) {
                double nanos = 1000 * factors[c] * Math.exp(0.1 * random.nextGaussian());
                results.samples()
                        .add(new Sample(
                                "threads",
                                cells.get(c),
                                "gemm-64",
                                round,
                                Measured.of(nanos),
                                new Load(null, null, null),
                                null));
            }
        }
        return results.ratios(QUESTION, "gemm-64");
    }
}
