package io.github.flux4j.cli;

import java.util.List;

/** What the library advises to those who write Java, in the words of a command line. */
final class Remedies {

    private record Remedy(String inJava, String onCommandLine) {}

    /** What begins another stands after it. */
    private static final List<Remedy> ALL = List.of(
            new Remedy("csv().charset(…)", "--charset"),
            new Remedy("csv().names(…)", "--names"),
            new Remedy("csv().missing(…)", "--missing"),
            new Remedy("with missing(…)", "with --missing"),
            new Remedy("keep(\"name\")", "--keep name"),
            new Remedy("use regressor(), or Table.asText(\"…\") if they are", "use --regress"),
            new Remedy(
                    "the file is of another kind or damaged",
                    "the file is of another kind or damaged; name one that train --out wrote"),
            new Remedy("check with Table.summary() how", "check in the lines above how"),
            new Remedy(
                    "read it with DuckDB's JDBC driver and Table.of(ResultSet)",
                    "make a CSV file of it, with DuckDB by COPY 'data.parquet' TO 'data.csv'"));

    private Remedies() {}

    /** The same message. */
    static String onCommandLine(String message) {
        String told = message;
        for (Remedy remedy : ALL) {
            told = told.replace(remedy.inJava, remedy.onCommandLine);
        }
        return told;
    }
}
