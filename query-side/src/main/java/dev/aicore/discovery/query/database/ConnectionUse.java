package dev.aicore.discovery.query.database;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ValidationDepth;
import java.io.IOException;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The use of a connection by one statement. The driver keeps a connection whose other end vanished for as long as TCP does, a
 * quarter of an hour, and the pool lends first what it got back last: so a connection that wasn't waited for is lent again only
 * once it has answered.
 */
final class ConnectionUse {

    private volatile End end = End.ANSWERED;

    private enum End {
        ANSWERED,
        /** Its caller has gone. */
        LEFT,
        LATE
    }

    /** The statement that is subscribed to with this is the one. */
    Context in(Context context) {
        return context.put(ConnectionUse.class, this);
    }

    /** There is no answer in time; to be said before the statement is cancelled. */
    void abandon() {
        end = End.LATE;
    }

    /** It is cancelled, by its caller if it wasn't given up. */
    void leave() {
        end = end == End.LATE ? End.LATE : End.LEFT;
    }

    /**
     * What there is to do before the connection is given back; costs nothing where its statement was answered.
     *
     * @param patience with one whose caller has gone; it is closed then
     */
    static Mono<Void> end(Connection connection, Duration patience) {
        return Mono.deferContextual(context -> switch (endOf(context)) {
            case ANSWERED -> Mono.empty();
            case LEFT ->
                answers(connection, ValidationDepth.REMOTE)
                        .timeout(patience, Mono.just(false))
                        .doOnNext(answers -> closeUnless(answers, connection))
                        .then();
            case LATE -> Mono.fromRunnable(() -> closeUnless(false, connection));
        });
    }

    /** Fails where it isn't: the pool then drops the connection, rather than have the next ones to come find out. */
    static Mono<Void> requireOpen(Connection connection) {
        return answers(connection, ValidationDepth.LOCAL)
                .flatMap(isOpen -> isOpen ? Mono.empty() : Mono.error(new IOException("The connection is closed.")));
    }

    private static End endOf(ContextView context) {
        return context.<ConnectionUse>getOrEmpty(ConnectionUse.class)
                .map(connectionUse -> connectionUse.end)
                .orElse(End.ANSWERED);
    }

    private static Mono<Boolean> answers(Connection connection, ValidationDepth depth) {
        return Mono.from(connection.validate(depth));
    }

    /** Nobody waits for what there may still be to say to the other end. */
    private static void closeUnless(boolean answers, Connection connection) {
        if (!answers) {
            var _ = Mono.from(connection.close()).onErrorComplete().subscribe();
        }
    }
}
