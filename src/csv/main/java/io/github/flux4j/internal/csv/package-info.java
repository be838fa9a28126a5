/** Names, numbers and dates as tables write them. Knows nobody. */
package io.github.flux4j.internal.csv;
