/** ONNX files: models written for other runtimes, and networks read as layers. */
@NullMarked
package io.github.flux4j.io.onnx;

import org.jspecify.annotations.NullMarked;
