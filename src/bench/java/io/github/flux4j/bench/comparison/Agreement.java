package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.baseline.Network;
import io.github.flux4j.bench.contender.Contender;
import io.github.flux4j.bench.contender.Entrant;
import io.github.flux4j.bench.contender.Problem;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Whether a contender computes what the baseline does.
 *
 * @param errors after so many steps, ‖p − p*‖/‖p* − p₀‖: how far its parameters are from the reference's, relative to the way gone.
 *     Key 0 is the error of the predictions, relative to their norm
 * @param reason why not, else null
 */
record Agreement(String problem, String contender, Status status, Map<Integer, Double> errors, String reason) {

    enum Status {
        AGREES,
        DISAGREES,
        UNAVAILABLE
    }

    /** Of the way gone: gradients are sums of up to some hundred thousand terms in Float32, in another order. */
    private static final double STEPS = 1e-3;

    /**
     * Adam divides by the gradient's own size. DL4J and DJL add ε before the bias correction, Flux after it, so for them ε is up to 32
     * times larger in the first steps, which small gradients feel: up to 0.02 of the way after one step. A wrong factor shows as 0.1 or more.
     */
    private static final double ADAM_WITH_EPSILON_ELSEWHERE = 5e-2;

    /** Sums of at most 1024 terms in Float32. */
    private static final double PREDICTIONS = 1e-5;

    static Agreement unavailable(Cell cell, String reason) {
        return new Agreement(cell.problem(), cell.contender(), Status.UNAVAILABLE, Map.of(), reason);
    }

    Agreement withContender(String other) {
        return new Agreement(problem, other, status, errors, reason);
    }

    /** For people. */
    String line() {
        String verb = status == Status.DISAGREES ? "disagrees" : "is not available";
        return contender + " on " + problem + " " + verb + ": " + reason;
    }

    /** Lets the entrant do the steps and compares. */
    static Agreement of(Entrant entrant, Problem problem, Reference reference) {
        return entrant == Entrant.NULL
                ? new Agreement(problem.name(), entrant.name(), Status.AGREES, Map.of(), null)
                : of(entrant.name(), entrant::start, problem, reference, tolerance(entrant, problem));
    }

    private static double tolerance(Entrant entrant, Problem problem) {
        return problem.network().rule() instanceof Network.Adam && entrant.addsEpsilonElsewhere()
                ? ADAM_WITH_EPSILON_ELSEWHERE
                : STEPS;
    }

    static Agreement of(String name, Function<Problem, Contender> factory, Problem problem, Reference reference) {
        return of(name, factory, problem, reference, STEPS);
    }

    private static Agreement of(
            String name, Function<Problem, Contender> factory, Problem problem, Reference reference, double tolerance) {
        try (Contender contender = factory.apply(problem)) {
            return judge(problem, name, errors(contender, problem, reference), tolerance);
        } catch (UnsupportedOperationException | IllegalStateException unavailable) {
            return new Agreement(problem.name(), name, Status.UNAVAILABLE, Map.of(), unavailable.getMessage());
        } catch (RuntimeException | LinkageError failure) {
            return new Agreement(problem.name(), name, Status.UNAVAILABLE, Map.of(), failure.toString());
        }
    }

    private static Map<Integer, Double> errors(Contender contender, Problem problem, Reference reference) {
        Map<Integer, Double> errors = new TreeMap<>();
        float[] predictions = new float[reference.predictions().length];
        contender.predict(problem.batches().get(0).features(), predictions);
        errors.put(0, distance(normalised(predictions, problem), normalised(reference.predictions(), problem)));
        int done = 0;
        for (Map.Entry<Integer, double[]> expected : reference.parameters().entrySet()) {
            for (; done < expected.getKey(); done++) {
                contender.step();
            }
            errors.put(done, distanceOverWay(contender.parameters(), expected.getValue(), problem.start(), done));
        }
        return errors;
    }

    /** Logits mean the same whatever is added to a row, so rows of them are compared without their mean. */
    private static double[] normalised(float[] predictions, Problem problem) {
        double[] doubles = new double[predictions.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = predictions[i];
        }
        return normalised(doubles, problem);
    }

    private static double[] normalised(double[] predictions, Problem problem) {
        if (problem.network().loss() != Network.Loss.LOGIT_CROSS_ENTROPY) {
            return predictions;
        }
        double[] centred = predictions.clone();
        int columns = problem.network().outputs();
        for (int at = 0; at < centred.length; at += columns) {
            double mean = 0;
            for (int i = at; i < at + columns; i++) {
                mean += centred[i] / columns;
            }
            for (int i = at; i < at + columns; i++) {
                centred[i] -= mean;
            }
        }
        return centred;
    }

    private static double distance(double[] actual, double[] expected) {
        double distance = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            distance += (actual[i] - expected[i]) * (actual[i] - expected[i]);
            norm += expected[i] * expected[i];
        }
        return Math.sqrt(distance / norm);
    }

    /** Less what rounding explains: each step rounds a parameter by half a unit in its last place, which counts where steps are short. */
    private static double distanceOverWay(float[] actual, double[] expected, float[] start, int steps) {
        double distance = 0;
        double way = 0;
        double rounding = 0;
        for (int i = 0; i < expected.length; i++) {
            distance += (actual[i] - expected[i]) * (actual[i] - expected[i]);
            way += (expected[i] - start[i]) * (expected[i] - start[i]);
            rounding += steps * Math.pow(Math.ulp(actual[i]) / 2, 2);
        }
        return distance <= rounding ? 0 : (Math.sqrt(distance) - Math.sqrt(rounding)) / Math.sqrt(way);
    }

    private static Agreement judge(Problem problem, String name, Map<Integer, Double> errors, double steps) {
        for (Map.Entry<Integer, Double> error : errors.entrySet()) {
            double tolerance = error.getKey() == 0 ? PREDICTIONS : steps;
            if (!(error.getValue() <= tolerance)) {
                return new Agreement(problem.name(), name, Status.DISAGREES, errors, reason(error, tolerance));
            }
        }
        return new Agreement(problem.name(), name, Status.AGREES, errors, null);
    }

    private static String reason(Map.Entry<Integer, Double> error, double tolerance) {
        String what = error.getKey() == 0 ? "predictions are" : "parameters after " + error.getKey() + " steps are";
        return String.format(
                Locale.ROOT, "%s %.2g from the baseline's, more than %.0e", what, error.getValue(), tolerance);
    }
}
