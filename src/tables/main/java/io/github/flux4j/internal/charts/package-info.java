/**
 * Charts, tables and tiles as parts of a page: SVG and HTML that need no script and nothing from elsewhere, light or dark as the reader has it, for a narrow
 * screen and a wide one.
 */
package io.github.flux4j.internal.charts;
