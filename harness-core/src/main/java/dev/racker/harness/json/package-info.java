/**
 * JSON: the one configured mapper, and a reader and a writer that stream.
 *
 * <p>What is read at each start goes through {@link dev.racker.harness.json.JsonReader}, which loads a tenth of the
 * classes that the mapper does.
 */
package dev.racker.harness.json;
