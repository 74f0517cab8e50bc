/** One record of what was tried and seen, and what writes it for people and programs. */
package dev.racker.harness.report;
