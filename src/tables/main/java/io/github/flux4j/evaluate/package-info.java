/**
 * How good predictions are: metrics, confusion, intervals, and the comparison of two estimators. Plain Java; knows values and tables, not models.
 */
@NullMarked
package io.github.flux4j.evaluate;

import org.jspecify.annotations.NullMarked;
