/** Tables: their columns, where they come from, and how their rows are divided. Knows nothing of models. */
package io.github.flux4j.table;
