/** Lists of values of one kind by name, such as all rules; each reads and writes them as {@link io.github.flux4j.values.Call}s. */
package io.github.flux4j.internal.values;
