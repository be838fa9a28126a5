/**
 * What fits of estimators have in common for those who write them: the network as text or as a lambda, what is told of an epoch, why training ended. Knows
 * layers.
 */
@NullMarked
package io.github.flux4j.fit;

import org.jspecify.annotations.NullMarked;
