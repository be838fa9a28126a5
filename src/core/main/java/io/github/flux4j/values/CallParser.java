package io.github.flux4j.values;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses a {@link Call} from text, which may be anybody's: the text's length and {@link #DEEPEST} bound the time and memory. */
final class CallParser {

    private static final int LONGEST = 1 << 20;
    private static final int DEEPEST = 16;

    private static final Pattern NUMBER =
            Pattern.compile("[-+]?((Infinity|NaN)(?![\\p{L}\\p{N}_.])|(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?)");

    private final String text;
    private int at;

    CallParser(String text) {
        this.text = text;
    }

    Call parse() {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "the text has " + text.length() + " characters, but may have " + LONGEST + " at most");
        }
        Call call = call(0);
        if (!ended()) {
            throw expected("the end");
        }
        return call;
    }

    private Call call(int depth) {
        if (depth > DEEPEST) {
            throw expected("at most " + DEEPEST + " nested calls");
        }
        String name = next(Call.NAME);
        if (name == null) {
            throw expected("a name");
        }
        List<Call.Argument> arguments = new ArrayList<>();
        if (takes('(') && !takes(')')) {
            do {
                arguments.add(argument(depth + 1));
            } while (takes(','));
            if (!takes(')')) {
                throw expected("',' or ')'");
            }
        }
        return new Call(name, arguments);
    }

    private Call.Argument argument(int depth) {
        int begin = at;
        String name = next(Call.NAME);
        if (name == null || !takes('=')) {
            at = begin;
            name = null;
        }
        String number = next(NUMBER);
        return new Call.Argument(name, number == null ? call(depth) : Double.valueOf(number));
    }

    /** What matches here, after spaces; null if nothing does. */
    private String next(Pattern pattern) {
        ended();
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        return matcher.group();
    }

    private boolean takes(char c) {
        boolean found = !ended() && text.charAt(at) == c;
        at += found ? 1 : 0;
        return found;
    }

    /** Skips spaces. */
    private boolean ended() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at == text.length();
    }

    private IllegalArgumentException expected(String what) {
        String found = ended() ? "the text ends" : "there is '" + text.charAt(at) + "'";
        return new IllegalArgumentException(
                ("expected " + what + " at character " + (at + 1) + ", but " + found + ": " + shown())
                        .replaceAll("\\p{Cc}", "?"));
    }

    private String shown() {
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}
