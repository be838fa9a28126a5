package io.github.flux4j.table;

import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * Which columns of few whole numbers may be codes: those with a name such as branch or zip, and those of at least three digits with large gaps that have no common
 * step, such as 101, 205 and 340.
 */
final class CodeAdvice {

    private static final Pattern NAME = Pattern.compile(
            "(?i).*(?<!\\p{L})(id|code|zip|plz|post(al)?[ _-]?code|postleitzahl|branch|filiale|store|shop|region|district|category|kategorie|class|klasse|group"
                    + "|gruppe|type|typ|kind|status|nr|no)(?!\\p{L}).*");
    private static final int MOST = 50;
    private static final int ROWS_EACH = 5;
    private static final int THREE_DIGITS = 100;
    private static final int GAP = 5;

    private CodeAdvice() {}

    static boolean isLikeCode(Numbers column) {
        boolean areWhole = column.kind() == Numbers.Kind.NUMBER
                && column.known().allMatch(value -> value >= 0 && value == Math.rint(value) && value <= Long.MAX_VALUE);
        long[] values = areWhole
                ? column.known()
                        .mapToLong(value -> (long) value)
                        .distinct()
                        .sorted()
                        .limit(MOST + 1L)
                        .toArray()
                : new long[0];
        boolean areFew = values.length > 2 && values.length <= MOST && values.length * ROWS_EACH <= column.size();
        return areFew && (NAME.matcher(column.name()).matches() || isSpreadLikeCodes(values));
    }

    private static boolean isSpreadLikeCodes(long... values) {
        long range = values[values.length - 1] - values[0];
        long step = LongStream.of(values).map(value -> value - values[0]).reduce(0, CodeAdvice::divisor);
        return values[0] >= THREE_DIGITS && range >= (long) GAP * values.length && step == 1;
    }

    /** The greatest one of both. */
    private static long divisor(long one, long other) {
        return other == 0 ? one : divisor(other, one % other);
    }
}
