/** Options of commands: each is declared once, is read without a model of all of them, and can be shown to a parser that explains. */
package dev.racker.harness.option;
