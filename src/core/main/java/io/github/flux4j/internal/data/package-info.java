/** Array functions behind Flux4j's methods for data. Depends on arrays. */
package io.github.flux4j.internal.data;
