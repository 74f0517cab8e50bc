package dev.racker.harness;

/** Whether a machine ends with this process or outlives it. */
enum Start {
    OWNED,
    KEPT,
    STANDBY
}
