package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.instance.InstanceTag;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.Standing;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.command.collector.Reply;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.ConnectionLoop;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Turns what a shard answered into what a caller gets. */
public final class Replies {

    private Replies() {}

    /** The reply, or a failure if it is a refusal. Giving up on waiting for it doesn't undo what was asked. */
    public static Mono<Reply> await(Supplier<CompletableFuture<Reply>> asked) {
        return Mono.fromFuture(asked, true).map(Replies::accepted);
    }

    /** The same, handed on by the event loop of the request's connection: the shard's thread has other batches to decide. */
    static Mono<Reply> await(ServerHttpRequest request, Supplier<CompletableFuture<Reply>> asked) {
        return Mono.fromFuture(asked, true)
                .publishOn(ConnectionLoop.of(request))
                .map(Replies::accepted);
    }

    private static Reply accepted(Reply reply) {
        if (reply.outcome() instanceof Outcome.Refused refused) {
            throw new RegistryException(refused.code(), refused.detail(), refused.errors(), null);
        }
        return reply;
    }

    /** The answer to a write: what a caller gets, and where and when the store recorded it. */
    public static <T> Answer<T> answer(T data, Reply reply) {
        return Answer.of(data, reply.position(), reply.at()).recorded(reply.recordedAt());
    }

    /** The entity tag of what is declared about it. */
    static String tag(InstanceView view) {
        return InstanceTag.of(view.registeredAt(), view.declarationVersion());
    }

    /**
     * The instance as the shard says it is.
     *
     * @param checksRenew whether a passed active check counts as a heartbeat
     */
    static InstanceView view(String id, String namespace, Outcome.Held held, boolean checksRenew, long position) {
        return InstanceView.of(
                id,
                namespace,
                held.owner(),
                held.declaration(),
                held.declaration().effectiveTtl(checksRenew),
                held.state(),
                new Standing(held.version(), held.registeredAt(), held.changedAt(), held.heardAt(), position));
    }
}
