package dev.aicore.discovery.server.relay;

import dev.aicore.discovery.web.ResponseWriter;
import java.util.function.Function;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A write that this node sends to the owner, over as many attempts as it takes. Used by one thread at a time. */
final class RelayedWrite {

    private final ServerHttpRequest request;
    private final byte[] body;
    private final boolean repeatable;
    private final Function<ServerHttpRequest, Mono<? extends ResponseWriter>> local;

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
