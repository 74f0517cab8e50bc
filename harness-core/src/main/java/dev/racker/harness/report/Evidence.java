package dev.racker.harness.report;

/**
 * A text that helps to understand a failure without running it again.
 *
 * @param title what it is: {@code systemctl status nginx.service}, {@code Journal of the boot}, {@code Listening sockets}
 * @param text as it was printed
 */
public record Evidence(String title, String text) {}
