/**
 * Values as text: a name and its arguments, and lists of the names of one kind. Rules, losses, schedules, layers and their parts are written
 * and read by it. Knows no other room.
 */
@NullMarked
package io.github.flux4j.values;

import org.jspecify.annotations.NullMarked;
