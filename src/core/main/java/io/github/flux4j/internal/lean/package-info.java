/**
 * The engine that computes unless told otherwise: chains of layers on BLAS and Java loops, on the memory that the model has.
 */
package io.github.flux4j.internal.lean;
