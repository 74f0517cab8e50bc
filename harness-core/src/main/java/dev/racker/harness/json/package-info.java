/** The one configured Jackson mapper. */
package dev.racker.harness.json;
