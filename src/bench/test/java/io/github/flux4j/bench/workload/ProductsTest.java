package io.github.flux4j.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_get_num_threads;

import io.github.flux4j.bench.contender.Contenders;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** What a step's time is measured by. */
class ProductsTest {

    private static final Products PRODUCTS = (Products) Workloads.named("products-of-mlp-8-64-64-1-adam");

    /** Of 32 rows through 8 => 64 => 64 => 1: rows of the result × its columns, and the terms of its sums. */
    @Test
    void theyAreThoseOfForwardAndBackwardPassWithoutTheFirstInputsGradient() {
        assertThat(PRODUCTS.products())
                .extracting(one -> one.m() + "×" + one.n() + ", " + one.k())
                .containsExactly(
                        "32×64, 8",
                        "32×64, 64",
                        "32×1, 64",
                        "1×64, 32",
                        "32×64, 1",
                        "64×64, 32",
                        "32×64, 64",
                        "64×8, 32");
    }

    @Test
    void theyAreAsManyOperationsAsTheStepsOwn() {
        double flop = PRODUCTS.products().stream()
                .mapToDouble(one -> 2.0 * one.m() * one.n() * one.k())
                .sum();
        assertThat(flop).isEqualTo(PRODUCTS.problem().flopPerStep());
    }

    @Test
    void theyLeaveBlasItsThreads() {
        int before = blas_get_num_threads();
        PRODUCTS.start(Contenders.FLUX4J, DataType.FLOAT).close();
        assertThat(blas_get_num_threads()).isEqualTo(before);
    }

    @Test
    void onlyStepsWhoseProductsAreWorthACallHaveThem() {
        assertThat(Workloads.hasProducts("mlp-8-64-64-1-adam")).isTrue();
        assertThat(Workloads.hasProducts("article")).isFalse();
        assertThat(Workloads.hasProducts("predict-batch")).isFalse();
        assertThat(Workloads.hasProducts("gemm-1024")).isFalse();
    }
}
