/** What a model file holds, as values: tensors, prepared features, and the exception that says why a file can't be read. Knows no other room. */
package io.github.flux4j.format;
