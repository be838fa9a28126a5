/** Runs one network in plain Java: its layers' formulas, row by row. Knows how its settings are read, and nothing of files. */
package io.github.flux4j.internal.network;
