package io.github.flux4j.table;

import io.github.flux4j.internal.csv.Names;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Which columns of few whole numbers may be codes: those with a name such as branch or zip, and those with wide gaps and no round numbers, such as 101, 205 and 347. */
final class CodeAdvice {

    private static final Pattern NAME = Pattern.compile(
            "(?i).*(?<!\\p{L})(id|code|zip|plz|post ?code|postleitzahl|branch|filiale|store|shop|region|district|category|kategorie|class|klasse|group"
                    + "|gruppe|type|typ|kind|status|nr|no)(?!\\p{L}).*");
    private static final int MOST = 50;
    private static final int ROWS_EACH = 5;
    private static final int THREE_DIGITS = 100;
    private static final int GAP = 5;

    private CodeAdvice() {}

    static boolean isLikeCode(Column column) {
        if (!(column instanceof Numbers numbers)
                || numbers.kind() == Numbers.Kind.DATE
                || !numbers.known().allMatch(value -> value >= 0 && value == Math.rint(value))) {
            return false;
        }
        double[] values = numbers.known().distinct().sorted().limit(MOST + 1L).toArray();
        int count = values.length;
        return count > 2
                && count <= MOST
                && count * ROWS_EACH <= column.size()
                && (NAME.matcher(column.name()).matches() || isSpreadLikeCodes(values));
    }

    private static boolean isSpreadLikeCodes(double... values) {
        return values[0] >= THREE_DIGITS
                && values[values.length - 1] - values[0] >= GAP * values.length
                && Arrays.stream(values).anyMatch(value -> value % 10 != 0);
    }

    static String text(Column column) {
        String name = Names.shown(column.name());
        return name + " has " + column.different() + " different whole numbers; if they only name things, as codes do,"
                + " read them as text: --text " + name + ", or in Java csv().text(\"" + name + "\")";
    }
}
