/** Deeplearning4j's zip files: models written for programs without flux4j, and networks read without deserialisation. */
@NullMarked
package io.github.flux4j.io.dl4j;

import org.jspecify.annotations.NullMarked;
