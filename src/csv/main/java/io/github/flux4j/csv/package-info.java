/** Reads CSV as people write it, in blocks. Depends on FastCSV and on no other part of flux4j. */
@NullMarked
package io.github.flux4j.csv;

import org.jspecify.annotations.NullMarked;
