package io.github.flux4j.bench.backends;

import io.github.flux4j.bench.comparison.Problems;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The workloads by name. */
final class Workloads {

    private static final Pattern SIZED = Pattern.compile("(gemm|add|tanh)-([1-9]\\d{0,3}|1e[1-8])");

    private static final int LARGEST = 10_000; // rows of a product's matrices: 400 MB each

    private static final String THERE_ARE =
            "gemm-SIZE (a product of square matrices), add-LENGTH, tanh-LENGTH (such as "
                    + "tanh-1e5), train-PROBLEM, PROBLEM being one of scripts/compare's, predict-8-64-64-1, start-predict, "
                    + "start-train";

    private Workloads() {}

    /**
     * The workload of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Workload named(String name) {
        if (name.equals("start-predict") || name.equals("start-train")) {
            return new StartUp(name);
        }
        Matcher sized = SIZED.matcher(name);
        if (sized.matches()) {
            int size = (int) Double.parseDouble(sized.group(2));
            if (sized.group(1).equals("gemm") && size > LARGEST) {
                throw new IllegalArgumentException(
                        name + " multiplies matrices too large; at most gemm-" + LARGEST + " is timed");
            }
            return sized.group(1).equals("gemm")
                    ? new Product(name, size)
                    : new ElementWise(name, sized.group(1), size);
        }
        if (name.startsWith("predict-")) {
            return new Prediction(name, Problems.named(name));
        }
        if (name.startsWith("train-")) {
            return new TrainingStep(name, Problems.named(name.substring("train-".length())));
        }
        throw new IllegalArgumentException("there is no workload \"" + name + "\"; there are " + THERE_ARE);
    }

    static String list() {
        return THERE_ARE;
    }

    /** Positions of a sample of a vector. */
    static int[] sample(int length) {
        int count = Math.min(length, 4096);
        int[] positions = new int[count];
        for (int i = 0; i < count; i++) {
            positions[i] = (int) ((long) i * length / count);
        }
        return positions;
    }

    /** For reports: what the name stands for. */
    static String about(String name) {
        Workload workload = named(name);
        if (workload instanceof Product product) {
            return "product of two " + product.size() + " × " + product.size() + " matrices";
        }
        if (workload instanceof ElementWise elementWise) {
            return elementWise.operation() + " of " + elementWise.length() + " elements";
        }
        return List.of("start-predict", "start-train").contains(name)
                ? "from the start of the process to the first " + (name.endsWith("train") ? "step" : "prediction")
                : name.startsWith("train-") ? "one training step" : "a prediction for one example";
    }
}
