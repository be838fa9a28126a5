/** Models as the content of a file and back: layers as JSON, arrays as named tensors. Depends on layers and the format, not on where files are. */
package io.github.flux4j.internal.documents;
