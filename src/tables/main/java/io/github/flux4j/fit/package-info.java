/** What an estimator's author uses: networks as text or lambda, progress by epoch, why training ended. */
@NullMarked
package io.github.flux4j.fit;

import org.jspecify.annotations.NullMarked;
