/** Text for pages: the rule by which all of them escape what strangers wrote. Knows no other room. */
package io.github.flux4j.internal.text;
