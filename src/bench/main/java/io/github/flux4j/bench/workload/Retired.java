package io.github.flux4j.bench.workload;

import io.github.flux4j.bench.contender.Contenders;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/** No longer timed; results of it are still read and shown. */
record Retired(String name, String about) implements Workload {

    /** Of a step, its products alone, which were timed in the reference. */
    static final String PRODUCTS = "products-of-";

    private static final Map<String, String> ENDURANCE = Map.of(
            "endurance-article", "1 => 1, batch 5: one training step of millions",
            "endurance-8-64-64-1-adam", "8 => 64 => 64 => 1, batch 32: one training step of millions");

    static Optional<Workload> named(String name) {
        String about = name.startsWith(PRODUCTS) ? "the products of a step alone, by BLAS" : ENDURANCE.get(name);
        return Optional.ofNullable(about).map(text -> new Retired(name, text));
    }

    @Override
    public double flop() {
        return Workloads.isProducts(name)
                ? Workloads.named(name.substring(PRODUCTS.length())).flop()
                : 0;
    }

    @Override
    public Map<Integer, double[]> expected(double mostFlop) {
        throw new IllegalArgumentException(name + " is no longer timed; only earlier results of it are shown");
    }

    @Override
    public ReadyWorkload start(Contenders contender, DataType type) {
        throw new UnsupportedOperationException("it is no longer timed");
    }
}
