/** Which values a tuning tries, and the journal of its fits. Knows no estimator. */
package io.github.flux4j.internal.tune;
