/** What an estimator is told, and how a table becomes the numbers that networks learn. Knows tables and the file format's features. */
package io.github.flux4j.internal.prepare;
