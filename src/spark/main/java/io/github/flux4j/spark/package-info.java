/**
 * flux4j on Apache Spark: saved models as transformers of data frames, one model per group, and one model on many machines. For clusters with Spark 4.2 and Scala
 * 2.13.
 */
@NullMarked
package io.github.flux4j.spark;

import org.jspecify.annotations.NullMarked;
