/** HTML pages without scripts or outside resources. */
@NullMarked
package io.github.flux4j.report;

import org.jspecify.annotations.NullMarked;
