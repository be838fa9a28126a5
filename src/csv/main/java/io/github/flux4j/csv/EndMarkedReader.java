package io.github.flux4j.csv;

import java.io.IOException;
import java.io.Reader;

/** Text with a mark as a last line of its own. FastCSV takes the end of the file for a closing quote; if a quote is still open, it contains the mark. */
final class EndMarkedReader extends Reader {

    /** U+FFFF, which Unicode guarantees never to be a character. */
    static final String MARK = "\n\uFFFF";

    private final Reader text;
    private int marked;

    EndMarkedReader(Reader text) {
        this.text = text;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int count = marked > 0 ? -1 : text.read(buffer, offset, length);
        if (count >= 0 || marked == MARK.length()) {
            return count;
        }
        buffer[offset] = MARK.charAt(marked++);
        return 1;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
