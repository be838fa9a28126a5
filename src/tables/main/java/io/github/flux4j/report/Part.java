package io.github.flux4j.report;

import io.github.flux4j.internal.figures.Markup;

/** A piece of a page. */
@FunctionalInterface
public interface Part {

    /** As HTML, with every text escaped. */
    String html();

    /** A paragraph. */
    static Part text(String text) {
        return () -> "<p class=\"wide\">" + Markup.prose(text) + "</p>\n";
    }

    /** A paragraph in a smaller, softer type. */
    static Part remark(String text) {
        return () -> "<p class=\"wide soft\">" + Markup.prose(text) + "</p>\n";
    }

    /** A line to be copied. */
    static Part code(String line) {
        return () -> "<pre class=\"wide\">" + Markup.text(line) + "</pre>\n";
    }

    /** Something that is seen once its title has been clicked. */
    static Part folded(String title, Part inside) {
        return () -> "<details class=\"wide\"><summary>" + Markup.text(title) + "</summary>\n" + inside.html()
                + "</details>\n";
    }
}
