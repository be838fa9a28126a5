package io.github.flux4j.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.flux4j.bench.contender.Contenders;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Workloads that time themselves. */
class ProblemJobTest {

    @Test
    void stepsOfTheFirstSecondAreCountedFromTheStartOfTheFirst() throws IOException {
        Measured measured = once("first-second-article", Contenders.FLUX4J);
        assertThat(measured.firstNanos()).isPositive();
        assertThat(measured.inTheFirstSecond()).isGreaterThan(1000); // of 10⁵ to 10⁷
    }

    @ParameterizedTest
    @EnumSource(names = {"FLUX4J", "HAND_ROLLED_TUNED"})
    void predictionsAreTimedOneByOneWhileTheSameModelPredictsAndAnotherLearns(Contenders contender) throws IOException {
        Measured measured = once("latency-predict-8-64-64-1-busy", contender);
        assertThat(measured.nanos()).isPositive();
        assertThat(measured.p99()).isGreaterThanOrEqualTo(measured.nanos());
        assertThat(measured.p999()).isGreaterThanOrEqualTo(measured.p99());
    }

    private static Measured once(String name, Contenders contender) throws IOException {
        try (ReadyWorkload job = Workloads.named(name).start(contender, DataType.FLOAT)) {
            return ((ProblemJob) job).once(new Latency(100_000_000, 1_000_000_000));
        }
    }

    @Test
    void companyWorksBesideAndItsFailureIsTold() {
        AtomicInteger count = new AtomicInteger();
        int seen = Company.beside(List.of(count::incrementAndGet), () -> {
            while (count.get() < 10) {
                Thread.onSpinWait();
            }
            return count.get();
        });
        assertThat(seen).isGreaterThanOrEqualTo(10);
        Runnable broken = () -> {
            throw new IllegalStateException("broken");
        };
        assertThatIllegalStateException()
                .isThrownBy(() -> Company.beside(List.of(broken), () -> 0))
                .withMessage("broken");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "latency-cold-start",
                "latency-latency-digits",
                "first-second-digits-busy",
                "first-second-predict-batch"
            })
    void whatMakesNoSenseIsNoWorkload(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Workloads.named(name))
                .withMessageStartingWith("there is no workload \"" + name + "\"");
    }

    @Test
    void whoOnlyPredictsIsNotTimedWhereItWouldHaveToTrain() {
        assertThat(Workloads.named("latency-predict-8-64-64-1").suits(Contenders.ONNX_RUNTIME))
                .isTrue();
        assertThat(Workloads.named("latency-predict-8-64-64-1-busy").suits(Contenders.ONNX_RUNTIME))
                .isFalse();
    }
}
