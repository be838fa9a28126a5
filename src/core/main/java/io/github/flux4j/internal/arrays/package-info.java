/** Array tools, native memory in Java, the start of ND4J, seeds and generators. Depends on threads alone. */
package io.github.flux4j.internal.arrays;
