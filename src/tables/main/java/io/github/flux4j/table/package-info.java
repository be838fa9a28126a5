/** Tables: their columns, where they come from, and how their rows are divided. Knows nothing of models. */
@NullMarked
package io.github.flux4j.table;

import org.jspecify.annotations.NullMarked;
