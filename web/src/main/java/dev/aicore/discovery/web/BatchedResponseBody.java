package dev.aicore.discovery.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.concurrent.Queues;

/**
 * What a stream writes, a batch after the other. There is no next batch before the one before it is through: Reactor Netty asks for 32 at
 * once, and would hold as many for each of thousands of streams that wait for their first.
 */
final class BatchedResponseBody {

    private final Sinks.Many<Flux<DataBuffer>> all = Sinks.many()
            .unicast()
            .onBackpressureBuffer(Queues.<Flux<DataBuffer>>one().get());
    private final Flux<DataBuffer> batch;
    private final Mono<List<byte[]>> next;
    private final DataBufferFactory buffers;
    private @Nullable List<byte[]> first;
    private boolean ended;

    /** @param next subscribed to again and again; empty at the end */
    BatchedResponseBody(Mono<List<byte[]>> next, DataBufferFactory buffers) {
        this.next = next.switchIfEmpty(Mono.fromRunnable(() -> ended = true));
        this.batch = Flux.defer(this::batch).doOnComplete(this::proceed);
        this.buffers = buffers;
    }

    /** What is written first, and let go then. */
    void beginWith(List<byte[]> events) {
        first = events;
    }

    /** To be subscribed to once. */
    Flux<Flux<DataBuffer>> all() {
        proceed();
        return all.asFlux();
    }

    private void proceed() {
        // Neither fails but where nobody listens any more.
        if (ended) {
            all.tryEmitComplete();
        } else {
            all.tryEmitNext(batch);
        }
    }

    private Flux<DataBuffer> batch() {
        var begun = first;
        first = null;
        return begun == null ? next.flatMapMany(this::wrapped) : wrapped(begun);
    }

    private Flux<DataBuffer> wrapped(List<byte[]> events) {
        return Flux.fromIterable(events).map(buffers::wrap);
    }
}
