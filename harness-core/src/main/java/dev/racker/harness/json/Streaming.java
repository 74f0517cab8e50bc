package dev.racker.harness.json;

import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/** How documents are streamed. */
final class Streaming {

    private Streaming() {}

    /** A factory without a pool of buffers: the pool's first use costs several milliseconds of class loading. */
    static JsonFactory factory() {
        return JsonFactory.builder()
                .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                .build();
    }
}
