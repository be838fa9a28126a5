/** Text for HTML pages: the one rule by which they escape untrusted text. Depends on no other package. */
package io.github.flux4j.internal.text;
