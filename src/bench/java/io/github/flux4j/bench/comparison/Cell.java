package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.contender.Entrant;

/** One place in the comparison's table. */
record Cell(String problem, Entrant entrant, Build build) {

    /** Of this process's own classes. */
    Cell(String problem, Entrant entrant) {
        this(problem, entrant, Build.OWN);
    }

    /** Whom the reports name. */
    String contender() {
        return entrant + build.suffix();
    }
}
