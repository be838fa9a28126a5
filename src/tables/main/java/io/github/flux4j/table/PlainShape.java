package io.github.flux4j.table;

/** The shape of a number that has digits and at most one mark among them, as a small number; these are most numbers, so this takes no objects. */
final class PlainShape {

    /** How many there are. */
    static final int COUNT = 45;

    private static final int LEADING_ZERO = 4; // and further digits

    private PlainShape() {}

    /** −1 if the cell is something else. */
    static int of(String cell) {
        int from = cell.length() > 0 && (cell.charAt(0) == '-' || cell.charAt(0) == '+') ? 1 : 0;
        int end = afterDigits(cell, from);
        if (end == cell.length()) {
            return end == from ? -1 : 9 * lead(cell, from, end);
        }
        char mark = cell.charAt(end);
        int last = afterDigits(cell, end + 1);
        int decimals = last - end - 1;
        if (mark != '.' && mark != ',' || last < cell.length() || end == from && decimals == 0) {
            return -1;
        }
        return 9 * lead(cell, from, end) + (mark == '.' ? 3 : 6) + (decimals == 0 ? 0 : decimals == 3 ? 1 : 2);
    }

    static boolean hasNoComma(int shape) {
        return shape % 9 < 6;
    }

    private static int lead(String cell, int from, int end) {
        if (end == from) {
            return 0;
        }
        boolean isZero = cell.charAt(from) == '0';
        return isZero ? end - from == 1 ? 3 : LEADING_ZERO : end - from <= 3 ? 1 : 2;
    }

    private static int afterDigits(String cell, int from) {
        int at = from;
        while (at < cell.length() && (char) (cell.charAt(at) - '0') <= 9) {
            at++;
        }
        return at;
    }
}
