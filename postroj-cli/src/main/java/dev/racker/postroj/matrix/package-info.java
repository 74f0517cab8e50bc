/** Trying packages on images: each cell in a machine of its own, several at once, with something to look at. */
package dev.racker.postroj.matrix;
