/** CSV as people write it, read in blocks. Knows FastCSV and nobody of flux4j's. */
@NullMarked
package io.github.flux4j.csv;

import org.jspecify.annotations.NullMarked;
