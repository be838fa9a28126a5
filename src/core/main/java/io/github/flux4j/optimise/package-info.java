/** Optimisation rules, their state, and schedules. Depends on layers, not on losses. */
@NullMarked
package io.github.flux4j.optimise;

import org.jspecify.annotations.NullMarked;
