/**
 * Loss functions and their binding to a model. Know layers, not rules.
 */
package io.github.flux4j.losses;
