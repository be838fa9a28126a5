/**
 * The article's program: as a notebook, a picture and JSON.
 */
package io.github.flux4j.cli.article;
