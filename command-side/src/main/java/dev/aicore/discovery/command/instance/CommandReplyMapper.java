package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.instance.InstanceETag;
import dev.aicore.discovery.api.instance.InstanceLifecycle;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.command.batching.CommandReply;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.ConnectionEventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Turns what a shard answered into what a caller gets. */
public final class CommandReplyMapper {

    private CommandReplyMapper() {}

    /** The reply, or a failure if it is a refusal. Giving up on waiting for it doesn't undo what was asked. */
    public static Mono<CommandReply> await(Supplier<CompletableFuture<CommandReply>> asked) {
        return Mono.fromFuture(asked, true).map(CommandReplyMapper::accepted);
    }

    /** The same, handed on by the event loop of the request's connection: the shard's thread has other batches to decide. */
    static Mono<CommandReply> await(ServerHttpRequest request, Supplier<CompletableFuture<CommandReply>> asked) {
        return Mono.fromFuture(asked, true)
                .publishOn(ConnectionEventLoop.of(request))
                .map(CommandReplyMapper::accepted);
    }

    private static CommandReply accepted(CommandReply commandReply) {
        if (commandReply.outcome() instanceof Outcome.Refused refused) {
            throw new RegistryException(refused.code(), refused.detail(), refused.errors(), null);
        }
        return commandReply;
    }

    /** The answer to a write: what a caller gets, and where and when the store recorded it. */
    public static <T> ApiResponse<T> answer(T data, CommandReply commandReply) {
        return ApiResponse.of(data, commandReply.position(), commandReply.at()).recorded(commandReply.recordedAt());
    }

    /** The entity tag of what is declared about it. */
    static String tag(InstanceView view) {
        return InstanceETag.of(view.registeredAt(), view.declarationVersion());
    }

    /**
     * The instance as the shard says it is.
     *
     * @param checksRenew whether a passed active check counts as a heartbeat
     */
    static InstanceView view(String id, String namespace, Outcome.Stored stored, boolean checksRenew, long position) {
        return InstanceView.of(
                id,
                namespace,
                stored.owner(),
                stored.declaration(),
                stored.declaration().effectiveTtl(checksRenew),
                stored.state(),
                new InstanceLifecycle(
                        stored.version(), stored.registeredAt(), stored.changedAt(), stored.heardAt(), position));
    }
}
