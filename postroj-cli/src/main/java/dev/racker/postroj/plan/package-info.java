/** What is to be tested: read from the command line and from specifications, checked, and turned into trials. */
package dev.racker.postroj.plan;
