package io.github.flux4j.io.onnx;

/** Text of a file as a message can show it. */
final class Text {

    private static final int SHOWN = 60;

    private Text() {}

    /** In quotes, without line breaks and without end. */
    static String shown(String text) {
        String cut = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return "'" + cut.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
