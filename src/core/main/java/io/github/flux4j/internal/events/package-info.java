/** Events for Java's flight recorder. */
@NullMarked
package io.github.flux4j.internal.events;

import org.jspecify.annotations.NullMarked;
