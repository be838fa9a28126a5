package io.github.flux4j.csv;

/**
 * How a file's lines are divided into cells.
 *
 * @param blanksAroundQuotes whether to ignore blanks between a separator and a quote
 */
record CsvFormat(char separator, boolean decimalComma, boolean blanksAroundQuotes) {

    /** Describes the format for the summary. */
    String how() {
        String by = switch (separator) {
            case ',' -> "commas";
            case ';' -> "semicolons";
            case '\t' -> "tabs";
            default -> "'" + separator + "'";
        };
        return "separated by " + by + (decimalComma ? ", with decimal commas" : "");
    }
}
