/**
 * Flux.jl's words for deep learning in Java: {@link io.github.flux4j.Flux4j} has them all, for static import. What they make stands in the rooms
 * below, which know this page's class not at all.
 */
@NullMarked
package io.github.flux4j;

import org.jspecify.annotations.NullMarked;
