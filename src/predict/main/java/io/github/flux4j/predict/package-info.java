/**
 * Model files, and prediction from them in plain Java, with Gson and without ND4J: a small jar of its own. Knows no other room; whoever
 * writes models uses it.
 */
package io.github.flux4j.predict;
