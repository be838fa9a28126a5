package io.github.flux4j.table;

import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.values.Distance;
import java.util.Collection;
import java.util.stream.Collectors;

/** Errors for names that aren't there. */
final class Unknown {

    private Unknown() {}

    /** Tells the three nearest. */
    static IllegalArgumentException column(String name, Collection<String> names) {
        String near = Distance.nearest(name, names).stream().map(Names::shown).collect(Collectors.joining(", "));
        return new IllegalArgumentException("there is no column named " + Names.shown(name) + "; near are " + near);
    }
}
