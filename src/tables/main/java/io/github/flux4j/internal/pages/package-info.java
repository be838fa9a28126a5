/** Charts and tables of predictions for rows that no model saw. Knows report and evaluate. */
package io.github.flux4j.internal.pages;
