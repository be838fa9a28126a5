package io.github.flux4j.bench.contender;

/** Does nothing: what the harness itself costs. */
final class Nothing implements Contender {

    static final Entrant ITSELF = Entrant.ofFloats("nothing", Entrant.Kind.NOTHING, Nothing::new);

    private final Problem problem;

    Nothing(Problem problem) {
        this.problem = problem;
    }

    @Override
    public void step() {}

    @Override
    public float[] parameters() {
        return problem.start().clone();
    }

    @Override
    public void predict(float[] x, float[] y) {}
}
