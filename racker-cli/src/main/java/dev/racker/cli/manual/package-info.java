/** Manual pages and shell completion, made from picocli's model of a program while it is being installed. */
package dev.racker.cli.manual;
