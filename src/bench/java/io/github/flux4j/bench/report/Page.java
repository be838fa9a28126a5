package io.github.flux4j.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** One page that needs nothing else, light or dark as the reader has it, wide or narrow. */
public final class Page {

    private Page() {}

    /** The page of this title, with this HTML in it. */
    public static String of(String title, String body) throws IOException {
        try (InputStream template = Page.class.getResourceAsStream("page.html")) {
            return new String(template.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{{title}}", escape(title))
                    .replace("{{body}}", body);
        }
    }

    /** Text as HTML shows it. */
    public static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
