/** Formulas that SameDiff differentiates, for losses, layers and gradients of a user's own. */
@NullMarked
package io.github.flux4j.internal.formulas;

import org.jspecify.annotations.NullMarked;
