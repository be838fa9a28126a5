/** Networks trained in step on prepared rows, what they say of rows left out, and the linear models that they are compared with. */
package io.github.flux4j.internal.fit;
