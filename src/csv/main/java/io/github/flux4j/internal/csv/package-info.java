/** Names, numbers and dates as tables write them. Depends on no other package. */
package io.github.flux4j.internal.csv;
