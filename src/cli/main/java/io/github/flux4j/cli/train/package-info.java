/**
 * The command that makes a model of a table, or tells how good one would be.
 */
package io.github.flux4j.cli.train;
