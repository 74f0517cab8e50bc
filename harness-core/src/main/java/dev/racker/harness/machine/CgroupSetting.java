package dev.racker.harness.machine;

/**
 * A value for a file of a cgroup.
 *
 * @param file the file's name, or its path
 * @param value what is written to it
 */
record CgroupSetting(String file, String value) {}
