/** What the words of the stage data compute on arrays alone. Knows the room for arrays. */
package io.github.flux4j.internal.data;
