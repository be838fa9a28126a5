package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.contender.Entrant;

/** One place in the comparison's table. */
record Cell(String problem, Entrant entrant) {}
