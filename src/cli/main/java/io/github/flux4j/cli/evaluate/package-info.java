/** {@code flux4j evaluate}: the error of a saved model on a table with the target in it, without ND4J. */
package io.github.flux4j.cli.evaluate;
