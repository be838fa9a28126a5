/**
 * Charts and pages: SVG and HTML that need no script and nothing from elsewhere, light or dark as the reader has it, for a narrow screen and a wide one. For
 * rooms that have something to show; knows none of them, but how a file is replaced at once.
 */
package io.github.flux4j.report;
