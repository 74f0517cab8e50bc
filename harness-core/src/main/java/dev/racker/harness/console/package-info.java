/** What a command line shows and hears: tables, progress on a terminal, suggestions, signals. */
package dev.racker.harness.console;
