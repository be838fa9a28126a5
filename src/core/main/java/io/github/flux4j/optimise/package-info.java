/**
 * Rules, their state in an optimiser or in a model's parameters, and schedules. Know layers, not losses.
 */
package io.github.flux4j.optimise;
