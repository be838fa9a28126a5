/**
 * Flux.jl's words for deep learning in Java: import {@link io.github.flux4j.Flux4j} statically and begin. The packages below hold the types that its methods
 * return; none of them depends on this package.
 */
@NullMarked
package io.github.flux4j;

import org.jspecify.annotations.NullMarked;
