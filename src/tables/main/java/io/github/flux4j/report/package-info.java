/** Pages of HTML that need no script and nothing from elsewhere: written whole, and added to. */
package io.github.flux4j.report;
