/**
 * The command that checks whether this machine, Java and class path serve flux4j well, and says what to do.
 */
package io.github.flux4j.cli.doctor;
