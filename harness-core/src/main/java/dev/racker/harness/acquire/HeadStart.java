package dev.racker.harness.acquire;

import dev.racker.harness.process.RunningCommand;
import java.io.IOException;

/**
 * A run of skopeo that was begun, and what is unpacked of the blobs that it brings; closing it ends both, and removes
 * what nobody took.
 *
 * @param source what is copied, as skopeo was told
 */
record HeadStart(String source, Skopeo.CopyTarget target, RunningCommand copy, EarlyLayers early)
        implements AutoCloseable {

    @Override
    public void close() throws IOException {
        try (early) {
            copy.close();
        }
    }
}
