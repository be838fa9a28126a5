/**
 * flux4j on Apache Spark: saved models as transformers of data frames, one model for each group, one model over many machines. A jar of its own,
 * {@code spark}, for clusters that bring Spark 4.2 for Scala 2.13.
 */
package io.github.flux4j.spark;
