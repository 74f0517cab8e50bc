/** What {@code --format} understands: the templates of docker's command line, and rows printed with them. */
package dev.racker.cli.format;
