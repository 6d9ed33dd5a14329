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
 * Produces the body of a stream batch by batch. Requests the next batch only when the previous one has been written.
 * Reactor Netty requests 32 items at once, and would otherwise hold as many for each of thousands of streams that wait
 * for their first event.
 */
final class BatchedResponseBody {

    private final Sinks.Many<Flux<DataBuffer>> batches = Sinks.many()
            .unicast()
            .onBackpressureBuffer(Queues.<Flux<DataBuffer>>one().get());
    private final Flux<DataBuffer> batch;
    private final Mono<List<byte[]>> next;
    private final DataBufferFactory buffers;
    private @Nullable List<byte[]> first;
    private boolean ended;

    /**
     * Creates a body.
     *
     * @param next source of the next batch, subscribed to repeatedly; empty at the end
     */
    BatchedResponseBody(Mono<List<byte[]>> next, DataBufferFactory buffers) {
        this.next = next.switchIfEmpty(Mono.fromRunnable(() -> ended = true));
        this.batch = Flux.defer(this::batch).doOnComplete(this::emitNext);
        this.buffers = buffers;
    }

    /** Sets the first batch, which is released once it has been written. */
    void beginWith(List<byte[]> events) {
        first = events;
    }

    /** Returns all batches. Supports one subscription. */
    Flux<Flux<DataBuffer>> batches() {
        emitNext();
        return batches.asFlux();
    }

    private void emitNext() {
        // Both calls fail only if the subscriber is gone.
        if (ended) {
            batches.tryEmitComplete();
        } else {
            batches.tryEmitNext(batch);
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
