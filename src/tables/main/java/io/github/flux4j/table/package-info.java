/** Tables: columns, files, and how rows are divided. */
@NullMarked
package io.github.flux4j.table;

import org.jspecify.annotations.NullMarked;
