/** The model file: its layers, features, target and held-out residuals, each checked as it is read, and what they predict together. */
package io.github.flux4j.internal.model;
