/** Formulas that SameDiff differentiates, for a user's own losses, layers and gradients. */
@NullMarked
package io.github.flux4j.internal.formulas;

import org.jspecify.annotations.NullMarked;
