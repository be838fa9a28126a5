package io.github.flux4j.cli.doctor;

/**
 * Something to change.
 *
 * @param why the fact that calls for it
 * @param set what to set, add or remove
 * @param expect what then happens
 */
record Advice(String why, String set, String expect) {}
