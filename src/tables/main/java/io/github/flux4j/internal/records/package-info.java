/** Records as JSON and back. Knows predict's reader of files alone. */
package io.github.flux4j.internal.records;
