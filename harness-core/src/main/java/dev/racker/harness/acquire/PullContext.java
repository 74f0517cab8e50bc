package dev.racker.harness.acquire;

import dev.racker.harness.image.Platform;
import dev.racker.harness.progress.Progress;
import java.nio.file.Path;

/**
 * What one pull is about.
 *
 * @param name what the image will be called in the store
 * @param known what is there under this name already
 * @param work a directory on the store's file system for this pull alone; it goes when the pull ends
 */
record PullContext(
        String name, Platform platform, RegistryOptions registry, Known known, Path work, Progress progress) {}
