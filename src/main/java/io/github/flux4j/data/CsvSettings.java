package io.github.flux4j.data;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Set;

/**
 * What a reader of tables was told.
 *
 * @param separator null to find it out, as with decimalComma and charset
 * @param names empty if the first line has them
 */
record CsvSettings(
        Character separator,
        Boolean decimalComma,
        Charset charset,
        Set<String> missing,
        Set<String> texts,
        Set<String> numbers,
        List<String> names) {

    CsvSettings {
        Set<String> asked = numbers;
        texts.stream().filter(asked::contains).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException(
                    "column " + Names.shown(name) + " can't be both text and number; ask for one of them");
        });
    }

    CsvSettings withSeparator(char other) {
        return new CsvSettings(other, decimalComma, charset, missing, texts, numbers, names);
    }

    CsvSettings withDecimalComma(boolean other) {
        return new CsvSettings(separator, other, charset, missing, texts, numbers, names);
    }

    CsvSettings withCharset(Charset other) {
        return new CsvSettings(separator, decimalComma, other, missing, texts, numbers, names);
    }

    CsvSettings withMissing(Set<String> other) {
        return new CsvSettings(separator, decimalComma, charset, other, texts, numbers, names);
    }

    CsvSettings withTexts(Set<String> other) {
        return new CsvSettings(separator, decimalComma, charset, missing, other, numbers, names);
    }

    CsvSettings withNumbers(Set<String> other) {
        return new CsvSettings(separator, decimalComma, charset, missing, texts, other, names);
    }

    CsvSettings withNames(List<String> other) {
        return new CsvSettings(separator, decimalComma, charset, missing, texts, numbers, other);
    }

    boolean isMissing(String cell) {
        return cell.isEmpty() || missing.contains(cell);
    }
}
