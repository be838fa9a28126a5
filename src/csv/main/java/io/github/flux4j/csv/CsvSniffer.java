package io.github.flux4j.csv;

import io.github.flux4j.internal.csv.Numeral;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Detects from its first lines how a file is divided into cells. */
final class CsvSniffer {

    private static final char[] SEPARATORS = {',', ';', '\t', '|'};
    private static final Pattern TABS = Pattern.compile("(?i)\\.tsv(\\.gz)?$");
    private static final int RECORDS = 20;
    private static final int ROWS = 1000; // looked at for decimal commas

    private final CsvInput input;
    private final CsvSettings settings;

    CsvSniffer(CsvInput input, CsvSettings settings) {
        this.input = input;
        this.settings = settings;
    }

    CsvFormat format() throws IOException {
        char separator = settings.separator() != null ? settings.separator() : separator();
        CsvFormat plain = new CsvFormat(separator, false, false);
        CsvFormat format = new CsvFormat(separator, false, hasBlanksBeforeQuotes(plain));
        boolean comma = settings.decimalComma() != null
                ? settings.decimalComma()
                : separator == ';' && hasDecimalCommas(format);
        return new CsvFormat(separator, comma, format.blanksAroundQuotes());
    }

    /**
     * A tab if the name says so; else the separator with the most cells per record, if all records agree; else if half of them agree with the first, whose
     * error then names the others.
     */
    private char separator() {
        if (TABS.matcher(input.name()).find()) {
            return '\t';
        }
        char best = ',';
        double most = 0;
        for (char separator : SEPARATORS) {
            double score = score(counts(separator));
            if (score > most) {
                best = separator;
                most = score;
            }
        }
        return best;
    }

    private static double score(List<Integer> counts) {
        if (counts.isEmpty() || counts.get(0) < 2) {
            return 0;
        }
        int first = counts.get(0);
        long same = counts.stream().filter(count -> count == first).count();
        if (same == counts.size()) {
            return first;
        }
        return 2 * same >= counts.size()
                ? (double) same / counts.size()
                : 0; // below 1, so behind any that all agree on
    }

    /** The numbers of cells of the first records, up to a broken one, which reading will report. */
    private List<Integer> counts(char separator) {
        List<Integer> counts = new ArrayList<>();
        try (CsvRows rows = new CsvRows(input, new CsvFormat(separator, false, false))) {
            while (counts.size() < RECORDS && rows.next()) {
                counts.add(rows.count());
            }
        } catch (IOException e) {
            return counts; // reading the whole tells
        }
        return counts;
    }

    private boolean hasBlanksBeforeQuotes(CsvFormat format) {
        try (CsvRows rows = new CsvRows(input, format)) {
            for (int i = 0; i < RECORDS && rows.next(); i++) {
                if (rows.hasBlanksBeforeQuotes()) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return true; // the more lenient way; if it is broken there, too, reading tells
        }
    }

    private boolean hasDecimalCommas(CsvFormat format) {
        boolean commas = false;
        try (CsvRows rows = new CsvRows(input, format)) {
            for (int row = 0; row <= ROWS && rows.next(); row++) {
                for (int i = 0; i < rows.count(); i++) {
                    if (isNumberWith('.', rows.cell(i))) {
                        return false;
                    }
                    commas |= isNumberWith(',', rows.cell(i));
                }
            }
            return commas;
        } catch (IOException e) {
            return commas; // reading the whole tells
        }
    }

    private static boolean isNumberWith(char point, String cell) {
        return cell.indexOf(point) >= 0 && !Double.isNaN(Numeral.parse(cell, point == ','));
    }
}
