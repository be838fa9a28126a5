/**
 * Rules, their state in an optimiser or in a model's parameters, and schedules. Know layers, not losses.
 */
@NullMarked
package io.github.flux4j.optimise;

import org.jspecify.annotations.NullMarked;
