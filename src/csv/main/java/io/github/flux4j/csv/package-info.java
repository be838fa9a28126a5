/** CSV as people write it, read in blocks. Knows FastCSV and nobody of flux4j's. */
package io.github.flux4j.csv;
