/**
 * Models as Deeplearning4j's zip files for those who haven't flux4j, and its files read without Java's or Jackson's deserialisation. Knows layers, arrays and values, and nothing of
 * Deeplearning4j's but the names in its files.
 */
@NullMarked
package io.github.flux4j.io.dl4j;

import org.jspecify.annotations.NullMarked;
