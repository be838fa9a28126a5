/**
 * Loss functions and their binding to a model. Know batches and layers, not rules.
 */
package io.github.flux4j.losses;
