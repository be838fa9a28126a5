/**
 * The contents of a model file as values: tensors, prepared features, targets, and the exception for a file that can't be read. Depends on no other package.
 */
@NullMarked
package io.github.flux4j.format;

import org.jspecify.annotations.NullMarked;
