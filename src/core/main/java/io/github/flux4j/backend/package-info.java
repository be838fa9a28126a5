/**
 * The machine, Java, class path and native libraries below flux4j: facts about them, and settings that last for a block of code. Depends on engine, arrays and
 * threads.
 */
@NullMarked
package io.github.flux4j.backend;

import org.jspecify.annotations.NullMarked;
