/**
 * Models as ONNX files: written for other runtimes, and networks that others' exporters wrote read as layers. Knows layers, arrays and values.
 */
@NullMarked
package io.github.flux4j.io.onnx;

import org.jspecify.annotations.NullMarked;
