/** Values that name and describe images. */
package dev.racker.harness.image;
