/** How good predictions are: metrics, confusion matrices, intervals, and the comparison of two estimators. */
@NullMarked
package io.github.flux4j.evaluate;

import org.jspecify.annotations.NullMarked;
