package io.github.flux4j.bench.workload;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The workloads by name. */
public final class Workloads {

    private static final Pattern SIZED = Pattern.compile("(gemm|add|tanh)-([1-9]\\d{0,3}|1e[1-8])");

    private static final int LARGEST = 10_000; // rows of a product's matrices: 400 MB each

    private static final String THERE_ARE =
            "gemm-SIZE (a product of square matrices), add-LENGTH, tanh-LENGTH (such as tanh-1e5), "
                    + String.join(", ", ProblemGroup.STANDARD.problems()) + ", "
                    + String.join(", ", ProblemGroup.WHOLE_RUNS.problems())
                    + ", grid-b<batch>-w<width>; of those latency-PROBLEM, latency-PROBLEM-busy, first-second-PROBLEM;"
                    + " train-PROBLEM is PROBLEM";

    private Workloads() {}

    /**
     * The workload of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Workload named(String name) {
        Matcher sized = SIZED.matcher(name);
        if (!sized.matches()) {
            return problem(name)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "there is no workload \"" + name + "\"; there are " + THERE_ARE));
        }
        int size = (int) Double.parseDouble(sized.group(2));
        if (!sized.group(1).equals("gemm")) {
            return new ElementWise(name, sized.group(1), size);
        }
        if (size > LARGEST) {
            throw new IllegalArgumentException(
                    name + " multiplies matrices too large; at most gemm-" + LARGEST + " is timed");
        }
        return new SquareProduct(name, size);
    }

    private static Optional<Workload> problem(String name) {
        return Problems.named(name.replaceFirst("^train-", "")).map(problem -> new ProblemWorkload(name, problem));
    }

    /** Whether it is still timed; else it is left in older journals. */
    public static boolean isKnown(String name) {
        return SIZED.matcher(name).matches() || problem(name).isPresent();
    }

    public static String list() {
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

    /** Numbers from −1 to 1. */
    static float[] uniform(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }
}
