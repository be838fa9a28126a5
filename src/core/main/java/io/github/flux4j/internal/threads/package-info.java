/**
 * Every number of threads of the process, flux4j's own threads, and how busy the machine is. Knows no other room; the word for applications is
 * {@link io.github.flux4j.backend.Backend#threads}.
 */
package io.github.flux4j.internal.threads;
