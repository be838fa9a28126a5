package io.github.flux4j.report;

import io.github.flux4j.internal.figures.Markup;
import io.github.flux4j.internal.files.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One HTML page without scripts, pictures or fonts from elsewhere. Immutable.
 *
 * @param title of the page
 * @param lead a sentence on what it is about; empty for none
 * @param sections from top to bottom
 */
public record Page(String title, String lead, List<Section> sections) {

    public Page {
        sections = List.copyOf(sections);
    }

    /**
     * The parts under one heading.
     *
     * @param title empty for none
     */
    public record Section(String title, List<Part> parts) {

        public Section {
            parts = List.copyOf(parts);
        }
    }

    /** A page without sections. */
    public static Page of(String title, String lead) {
        return new Page(title, lead, List.of());
    }

    /** A copy with one more section; the same page if there are no parts. */
    public Page with(String heading, List<? extends Part> parts) {
        if (parts.isEmpty()) {
            return this;
        }
        List<Section> more = new ArrayList<>(sections);
        more.add(new Section(heading, List.copyOf(parts)));
        return new Page(title, lead, more);
    }

    /** The whole page as HTML. */
    public String html() {
        String shown = Markup.text(Markup.shortened(title, 80));
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + shown
                + "</title>\n<style>\n" + style() + "</style>\n</head>\n<body>\n<h1>" + shown + "</h1>\n"
                + (lead.isEmpty() ? "" : "<p class=\"lead\">" + Markup.text(lead) + "</p>\n")
                + sections.stream().map(Page::html).collect(Collectors.joining()) + "</body>\n</html>\n";
    }

    private static String html(Section section) {
        return "<section>\n" + (section.title().isEmpty() ? "" : "<h2>" + Markup.text(section.title()) + "</h2>\n")
                + "<div class=\"parts\">\n"
                + section.parts().stream().map(Part::html).collect(Collectors.joining())
                + "</div>\n</section>\n";
    }

    private static String style() {
        try (InputStream css = Page.class.getResourceAsStream("page.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("page.css can't be read from flux4j's jar; download the jar again", e);
        }
    }

    /**
     * Writes the page; a failed write leaves an earlier file as it was.
     *
     * @throws IOException if the file can't be written; with the reason and a remedy
     */
    public void writeTo(Path file) throws IOException {
        byte[] bytes = html().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(bytes));
    }

    /** A piece of a page. */
    @FunctionalInterface
    public interface Part {

        /** The piece as HTML; it escapes every text. */
        String html();

        /** A paragraph. */
        static Part text(String text) {
            return () -> "<p class=\"wide\">" + Markup.prose(text) + "</p>\n";
        }

        /** A paragraph in smaller, softer type. */
        static Part remark(String text) {
            return () -> "<p class=\"wide soft\">" + Markup.prose(text) + "</p>\n";
        }

        /** A line to copy. */
        static Part code(String line) {
            return () -> "<pre class=\"wide\">" + Markup.text(line) + "</pre>\n";
        }

        /** A piece that a click on its title unfolds. */
        static Part folded(String title, Part inside) {
            return () -> "<details class=\"wide\"><summary>" + Markup.text(title) + "</summary>\n" + inside.html()
                    + "</details>\n";
        }
    }
}
