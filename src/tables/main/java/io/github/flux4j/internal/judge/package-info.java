/** Compares what models say with what is true, and makes of it what pictures show. */
package io.github.flux4j.internal.judge;
