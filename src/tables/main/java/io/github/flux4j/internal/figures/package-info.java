/** Numbers and words for people. Plain Java. */
package io.github.flux4j.internal.figures;
