/** {@code flux4j show}: what a model file, a checkpoint or anyone's safetensors file holds, without ND4J. */
package io.github.flux4j.cli.show;
