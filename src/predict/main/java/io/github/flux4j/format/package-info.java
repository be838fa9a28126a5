/**
 * The contents of a model file as values: tensors, prepared features, targets, and the exception for a file that can't be read. Depends on no other package.
 */
package io.github.flux4j.format;
