/**
 * Models as the content of a file and back: layers as JSON, arrays as tensors under the names that a file has for them. Knows layers and the
 * format; not where files lie.
 */
package io.github.flux4j.internal.documents;
