/**
 * Array tools, native memory as Java sees it, the start of ND4J, seeds and generators. Knows the threads alone.
 */
package io.github.flux4j.internal.arrays;
