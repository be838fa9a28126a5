/**
 * What computes below flux4j: facts about machine, Java, class path and native libraries, and settings for the length of a block. Knows engine,
 * arrays and threads.
 */
@NullMarked
package io.github.flux4j.backend;

import org.jspecify.annotations.NullMarked;
