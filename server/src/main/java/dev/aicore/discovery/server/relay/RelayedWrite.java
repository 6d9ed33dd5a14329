package dev.aicore.discovery.server.relay;

import dev.aicore.discovery.web.ResponseWriter;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A write that this node sends to the owner, over as many attempts as it takes. Used by one thread at a time. */
final class RelayedWrite {

    /** Pause before the write is sent again to the same owner; doubled after each further attempt. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

    private static final Duration MAX_PAUSE = Duration.ofMillis(800);

    private final ServerHttpRequest request;
    private final byte[] body;
    private final boolean repeatable;
    private final Function<ServerHttpRequest, Mono<? extends ResponseWriter>> local;
    private volatile Mono<Void> change = Mono.never();
    private volatile @Nullable Duration pause;
    private volatile boolean perhapsDone;
    private volatile boolean held;
    private volatile long heldSince;

    /**
     * Creates a write that wasn't sent yet.
     *
     * @param repeatable true if doing it twice is the same as doing it once
     * @param local answers the request on this node
     */
    RelayedWrite(
            ServerHttpRequest request,
            byte[] body,
            boolean repeatable,
            Function<ServerHttpRequest, Mono<? extends ResponseWriter>> local) {
        this.request = request;
        this.body = body;
        this.repeatable = repeatable;
        this.local = local;
    }

    ServerHttpRequest request() {
        return request;
    }

    byte[] body() {
        return body;
    }

    /** Answers the write on this node, which owns the store now. */
    Mono<ResponseWriter> answerHere() {
        return local.apply(new ServerHttpRequestDecorator(request) {
                    @Override
                    public Flux<DataBuffer> getBody() {
                        return Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body)));
                    }
                })
                .map(Function.identity());
    }

    /** Returns the failure of an attempt that has certainly done nothing. */
    RelayFailure nothingDone() {
        return new RelayFailure(true, null);
    }

    /** Returns true if an attempt may have done the write. */
    boolean isPerhapsDone() {
        return perhapsDone;
    }

    /** Returns true if an attempt has failed. */
    boolean isHeld() {
        return held;
    }

    /** Returns the time since the first failure, in nanoseconds. */
    long heldFor(long now) {
        if (!held) {
            held = true;
            heldSince = now;
        }
        return now - heldSince;
    }

    /**
     * Records that no owner is known, so that the next attempt is due once one may be.
     *
     * @param nextChange completes then
     */
    void awaitOwner(Mono<Void> nextChange) {
        change = nextChange;
        pause = null;
    }

    /**
     * Records that an owner is known, so that the next attempt is due after a pause, which is longer each time, unless
     * there may be another owner before.
     */
    void awaitOwnerOrPause(Mono<Void> nextChange) {
        change = nextChange;
        var before = pause;
        pause = before == null ? FIRST_PAUSE : shorter(before.multipliedBy(2), MAX_PAUSE);
    }

    /**
     * Returns a signal when the next attempt is due.
     *
     * @param limit maximum time to it
     */
    Mono<Long> nextAttempt(Duration limit) {
        var after = pause;
        var due = after == null ? limit : shorter(after, limit);
        // Many writes may wait for the same change: they don't all go on with the thread that tells it.
        return Mono.firstWithSignal(
                        change.publishOn(Schedulers.parallel()), Mono.delay(due).then())
                .thenReturn(0L);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Begins an attempt. */
    Delivery begin() {
        return new Delivery();
    }

    /** One attempt. */
    final class Delivery {

        private volatile boolean begun;

        /** Records that the first byte is about to be sent. */
        void begin() {
            begun = true;
        }

        RelayFailure toFailure(Throwable cause) {
            if (begun) {
                perhapsDone = true;
            }
            return new RelayFailure(!begun || repeatable, cause);
        }
    }
}
