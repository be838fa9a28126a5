/**
 * Array tools, native memory as Java sees it, the start of ND4J, seeds and generators. Knows the threads alone; not for users.
 */
package io.github.flux4j.internal.arrays;
