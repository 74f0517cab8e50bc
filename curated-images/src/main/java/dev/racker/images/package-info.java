/** The catalogue of curated images, as data, and its lookup. */
package dev.racker.images;
