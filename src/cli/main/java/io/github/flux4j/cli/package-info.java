/**
 * The command line of {@code scripts/flux4j}; a command of more than one class has a room of its own. Knows everything, is known by nobody.
 */
package io.github.flux4j.cli;
