/**
 * Every number of threads of the process, and flux4j's own threads. Knows no other room; not for users, whose word is
 * {@link io.github.flux4j.backend.Backend#threads}.
 */
package io.github.flux4j.internal.threads;
