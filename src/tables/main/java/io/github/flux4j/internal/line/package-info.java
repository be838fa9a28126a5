/** Linear models in closed form or by Newton-like steps, in double: the yardstick, {@code linear()}, and the straight path of networks. */
package io.github.flux4j.internal.line;
