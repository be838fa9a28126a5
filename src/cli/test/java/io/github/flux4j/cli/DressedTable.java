package io.github.flux4j.cli;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A table with a column of each way in which people write numbers, times and codes, and what they mean, worked by hand. */
final class DressedTable {

    static final int ROWS = 120;

    /**
     * A column.
     *
     * @param kind number, date, flag or text
     * @param absent how many cells are missing
     * @param first the values of the first three rows, as a table has them; NaN for a missing number
     */
    record Column(String name, String kind, int absent, List<Object> first, IntFunction<String> cell) {}

    private DressedTable() {}

    static final List<Column> COLUMNS = List.of(
            new Column(
                    "post code",
                    "text",
                    0,
                    List.of("00424", "01067", "10115"),
                    i -> three(i, "00424", "01067", "10115")),
            new Column("branch", "number", 0, List.of(1.0, 2.0, 3.0), i -> String.valueOf(i % 12 + 1)),
            new Column("weight", "number", 0, List.of(12.3, 5.0, 7.25), i -> three(i, "12,3 kg", "5 kg", "7,25kg")),
            new Column("length", "number", 0, List.of(34.0, 5.0, 60.0), i -> three(i, "34cm", "5cm", "60 cm")),
            new Column("angle", "number", 0, List.of(48.1, 2.0, 90.0), i -> three(i, "48,1°", "2°", "90°")),
            new Column("views", "number", 0, List.of(1200.0, 3e6, 950.0), i -> three(i, "1,2k", "3M", "950")),
            new Column("people", "number", 0, List.of(2e6, 1.5e6, 3e9), i -> three(i, "2 Mio", "1,5 Mio", "3 Mrd.")),
            new Column("balance", "number", 0, List.of(-95.6, 12.3, -1.0), i -> three(i, "(95,60)", "12,30", "(1,00)")),
            new Column(
                    "took",
                    "number",
                    0,
                    List.of(5025.0, 10.0, 90000.0),
                    i -> three(i, "1:23:45", "0:00:10", "25:00:00")),
            new Column("lasts", "number", 0, List.of(8100.0, 2700.0, 10800.0), i -> three(i, "2h 15m", "45m", "3h")),
            new Column("at", "number", 0, List.of(48600.0, 0.0, 32700.0), i -> three(i, "13:30", "00:00", "9:05")),
            new Column(
                    "pm",
                    "number",
                    0,
                    List.of(48600.0, 0.0, 44100.0),
                    i -> three(i, "1:30 pm", "12:00 AM", "12:15 pm")),
            new Column(
                    "quarter",
                    "date",
                    0,
                    List.of("2024-01-01", "2024-07-01", "2023-10-01"),
                    i -> three(i, "2024-Q1", "2024-Q3", "2023-Q4")),
            new Column(
                    "week",
                    "date",
                    0,
                    List.of("2024-01-01", "2024-02-12", "2023-12-25"),
                    i -> three(i, "2024-W01", "2024-W07", "2023-W52")),
            new Column(
                    "exponent",
                    "number",
                    0,
                    List.of(95.65, 1.234, 0.5),
                    i -> three(i, "9.565E+01", "1.234E+00", "5.000E-01")),
            new Column(
                    "gaps",
                    "number",
                    60,
                    List.of(Double.NaN, Double.NaN, 1.5),
                    i -> new String[] {"k.A.", "unbekannt", "1,5", "2,5"}[i % 4]),
            new Column(
                    "slip",
                    "number",
                    1,
                    List.of(Double.NaN, 5.0, 7.0),
                    i -> i == 0 ? "heavy" : three(i, "6 kg", "5 kg", "7 kg")),
            new Column(
                    "units",
                    "text",
                    0,
                    List.of("12 kg", "5 lb", "7 kg"),
                    i -> i < 3 ? three(i, "12 kg", "5 lb", "7 kg") : i + (i % 3 == 0 ? " lb" : " kg")),
            new Column("state", "text", 0, List.of("unknown", "new", "old"), i -> three(i, "unknown", "new", "old")),
            new Column("member", "flag", 0, List.of("ja", "nein", "ja"), i -> i % 2 == 0 ? "ja" : "nein"),
            new Column(
                    "price", "number", 0, List.of(1234.5, 5.0, -12.0), i -> three(i, "1.234,50 €", "5 €", "-12,00 €")),
            new Column("share", "number", 0, List.of(4.5, 5.0, 5.25), i -> three(i, "4,5 %", "5 %", "5,25 %")),
            new Column(
                    "day",
                    "date",
                    0,
                    List.of("2021-12-31", "2022-01-01", "2022-01-15"),
                    i -> three(i, "31.12.2021", "1.1.2022", "15.1.2022")),
            new Column("error", "number", 40, List.of(1.0, Double.NaN, 3.0), i -> three(i, "1", "#DIV/0!", "3")),
            new Column("y", "number", 0, List.of(0.5, 1.5, 2.5), i -> i + ",5"));

    private static String three(int row, String... cells) {
        return cells[row % 3];
    }

    /** The table with semicolons, as text. */
    static String text() {
        return Stream.concat(
                        Stream.of(COLUMNS.stream().map(Column::name).collect(Collectors.joining(";"))),
                        IntStream.range(0, ROWS).mapToObj(DressedTable::row))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String row(int row) {
        return COLUMNS.stream().map(column -> column.cell().apply(row)).collect(Collectors.joining(";"));
    }

    /** A row's cells as JSON's texts; a missing one is null, and truth values stand for ja and nein. */
    static String json(int row) {
        return COLUMNS.stream()
                .filter(column -> !column.name().equals("y"))
                .map(column -> "\"" + column.name() + "\": "
                        + json(column, column.cell().apply(row)))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String json(Column column, String cell) {
        boolean isGap = List.of("k.A.", "unbekannt", "#DIV/0!", "heavy").contains(cell);
        if (isGap || column.name().equals("member")) {
            return isGap ? "null" : String.valueOf(cell.equals("ja"));
        }
        boolean hasComma = cell.matches("[-\\d]+,\\d+"); // JSON writes plain numbers with a point
        return hasComma ? cell.replace(',', '.') : "\"" + cell + "\"";
    }
}
