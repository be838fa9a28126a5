/**
 * Values as text: a name and its arguments, and lists of the names of one kind. Rules, losses, schedules, layers and their parts are written
 * and read by it. Knows no other room.
 */
package io.github.flux4j.values;
