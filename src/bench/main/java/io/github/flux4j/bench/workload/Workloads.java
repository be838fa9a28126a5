package io.github.flux4j.bench.workload;

import io.github.flux4j.bench.contender.Problem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The workloads by name. */
public final class Workloads {

    private static final Pattern SIZED = Pattern.compile("(gemm|add|tanh)-([1-9]\\d{0,3}|1e[1-8])");

    private static final String PRODUCTS = "products-of-";

    /** Of a step, below which calling BLAS costs more than the products. */
    private static final double WORTH_BLAS = 1e5;

    private static final int LARGEST = 10_000; // rows of a product's matrices: 400 MB each

    private static final String THERE_ARE =
            "gemm-SIZE (a product of square matrices), add-LENGTH, tanh-LENGTH (such as tanh-1e5), "
                    + String.join(", ", Problems.STANDARD) + ", " + String.join(", ", Problems.WHOLE_RUNS)
                    + ", grid-b<batch>-w<width>; of those latency-PROBLEM, latency-PROBLEM-busy, first-second-PROBLEM, "
                    + PRODUCTS + "PROBLEM; train-PROBLEM is PROBLEM";

    private Workloads() {}

    /**
     * The workload of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Workload named(String name) {
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
        return (name.startsWith(PRODUCTS) ? products(name) : problem(name))
                .orElseThrow(() ->
                        new IllegalArgumentException("there is no workload \"" + name + "\"; there are " + THERE_ARE));
    }

    private static Optional<Workload> problem(String name) {
        return Problems.named(name.replaceFirst("^train-", "")).map(problem -> new ProblemWorkload(name, problem));
    }

    private static Optional<Workload> products(String name) {
        return Problems.named(name.substring(PRODUCTS.length()))
                .filter(problem -> problem.task() == Problem.Task.TRAINING)
                .map(problem -> new Products(name, problem));
    }

    /** The name of the workload of a step's products alone. */
    public static String productsOf(String problem) {
        return PRODUCTS + problem;
    }

    /** Whether a workload is a step whose products are worth a BLAS, so that its share of their rate says something. */
    public static boolean hasProducts(String name) {
        return products(productsOf(name))
                .filter(products -> products.flop() > WORTH_BLAS)
                .isPresent();
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
}
