package dev.racker.harness.json;

import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.RecyclerPool;

/** How documents are streamed. */
final class Streaming {

    private Streaming() {}

    /** A factory whose documents keep nothing for the next one. */
    static JsonFactory factory() {
        return JsonFactory.builder().recyclerPool(new NoPool()).build();
    }

    private static final class NoPool extends RecyclerPool.NonRecyclingPoolBase<BufferRecycler> {
        private static final long serialVersionUID = 1L;

        @Override
        public BufferRecycler acquirePooled() {
            return new Buffers();
        }
    }

    /** Jackson 3.2 gives buffers back through a lambda, whose first use costs a start five milliseconds. */
    private static final class Buffers extends BufferRecycler {

        @Override
        public void releaseByteBuffer(int index, byte[] buffer) {
            // Left to the garbage collector.
        }

        @Override
        public void releaseCharBuffer(int index, char[] buffer) {
            // Left to the garbage collector.
        }
    }
}
