/** Pages of HTML that need no script and nothing from elsewhere: written whole, and added to. */
@NullMarked
package io.github.flux4j.report;

import org.jspecify.annotations.NullMarked;
