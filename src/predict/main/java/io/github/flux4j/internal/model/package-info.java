/** The model file: its layers, features, target and held-out residuals, each checked on reading, and their common predictions. */
package io.github.flux4j.internal.model;
