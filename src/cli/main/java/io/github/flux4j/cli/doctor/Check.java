package io.github.flux4j.cli.doctor;

/**
 * Something that must hold, and what was found.
 *
 * @param expected null if nothing more is to be said than the name does
 */
record Check(String name, String expected, String got, boolean ok) {

    static Check of(String name, String expected, String got) {
        return new Check(name, expected, got, expected.equals(got));
    }

    static Check held(String name) {
        return new Check(name, null, "yes", true);
    }

    static Check failed(String name, String got) {
        return new Check(name, null, got, false);
    }
}
