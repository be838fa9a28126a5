/** Values as text: a name with arguments. Rules, losses, schedules, layers and their parts are written and parsed with it. Depends on no other package. */
@NullMarked
package io.github.flux4j.values;

import org.jspecify.annotations.NullMarked;
