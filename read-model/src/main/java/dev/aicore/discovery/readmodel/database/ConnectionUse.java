package dev.aicore.discovery.readmodel.database;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ValidationDepth;
import java.io.IOException;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Tracks how one statement's use of a connection ends, and decides whether the connection may return to the pool. The
 * driver keeps a connection whose other end vanished for as long as TCP does, about 15 minutes. The pool lends the most
 * recently returned connection first. So a connection whose statement was not awaited is lent again only after it has
 * answered a validation.
 */
final class ConnectionUse {

    private volatile End end = End.ANSWERED;

    private enum End {
        ANSWERED,
        /** The caller cancelled the statement. */
        CANCELLED,
        ABANDONED
    }

    /** Returns a context that marks the statement subscribed with it as this use. */
    Context addTo(Context context) {
        return context.put(ConnectionUse.class, this);
    }

    /** Records that the answer didn't arrive in time. Must be called before the statement is cancelled. */
    void abandon() {
        end = End.ABANDONED;
    }

    /** Records that the statement was cancelled; by its caller, unless it was abandoned before. */
    void cancel() {
        end = end == End.ABANDONED ? End.ABANDONED : End.CANCELLED;
    }

    /**
     * Validates or closes a connection before it returns to the pool. Costs nothing if its statement was answered.
     *
     * @param patience how long a connection whose caller cancelled may take to answer; closed after that
     */
    static Mono<Void> end(Connection connection, Duration patience) {
        return Mono.deferContextual(context -> switch (endOf(context)) {
            case ANSWERED -> Mono.empty();
            case CANCELLED ->
                isAlive(connection, ValidationDepth.REMOTE)
                        .timeout(patience, Mono.just(false))
                        .doOnNext(answers -> closeUnless(answers, connection))
                        .then();
            case ABANDONED -> Mono.fromRunnable(() -> closeUnless(false, connection));
        });
    }

    /**
     * Fails if the connection isn't open. The pool then drops it, so that later callers don't receive a closed
     * connection.
     */
    static Mono<Void> requireOpen(Connection connection) {
        return isAlive(connection, ValidationDepth.LOCAL)
                .flatMap(isOpen -> isOpen ? Mono.empty() : Mono.error(new IOException("The connection is closed.")));
    }

    private static End endOf(ContextView context) {
        return context.<ConnectionUse>getOrEmpty(ConnectionUse.class)
                .map(connectionUse -> connectionUse.end)
                .orElse(End.ANSWERED);
    }

    private static Mono<Boolean> isAlive(Connection connection, ValidationDepth depth) {
        return Mono.from(connection.validate(depth));
    }

    /** Closes the connection if it didn't answer. Doesn't wait for the close to complete. */
    private static void closeUnless(boolean answers, Connection connection) {
        if (!answers) {
            var _ = Mono.from(connection.close()).onErrorComplete().subscribe();
        }
    }
}
