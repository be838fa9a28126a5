/** What Java's flight recorder is told. */
@NullMarked
package io.github.flux4j.internal.events;

import org.jspecify.annotations.NullMarked;
