package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.instance.InstanceETag;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.InstanceView.InstanceLifecycle;
import dev.aicore.discovery.command.batching.CommandReply;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.ConnectionEventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Maps the replies of shards to responses. */
public final class CommandReplyMapper {

    private CommandReplyMapper() {}

    /** Returns the reply, or an error if it is a refusal. Cancelling the result does not cancel the command. */
    public static Mono<CommandReply> await(Supplier<CompletableFuture<CommandReply>> command) {
        return Mono.fromFuture(command, true).map(CommandReplyMapper::accepted);
    }

    /**
     * Returns the reply, or an error if it is a refusal, on the event loop of the request's connection: the thread of
     * the shard has further batches to decide.
     */
    static Mono<CommandReply> await(ServerHttpRequest request, Supplier<CompletableFuture<CommandReply>> command) {
        return Mono.fromFuture(command, true)
                .publishOn(ConnectionEventLoop.of(request))
                .map(CommandReplyMapper::accepted);
    }

    private static CommandReply accepted(CommandReply commandReply) {
        if (commandReply.outcome() instanceof Outcome.Refused refused) {
            throw new RegistryException(refused.code(), refused.detail(), refused.errors(), null);
        }
        return commandReply;
    }

    /** Creates the response to a write, with the position and the time at which the store recorded it. */
    public static <T> ApiResponse<T> toResponse(T data, CommandReply commandReply) {
        return ApiResponse.of(data, commandReply.position(), commandReply.at()).recorded(commandReply.recordedAt());
    }

    /** Returns the entity tag of an instance's declaration. */
    static String tag(InstanceView view) {
        return InstanceETag.of(view.registeredAt(), view.declarationVersion());
    }

    /**
     * Creates the view of an instance from the shard's outcome.
     *
     * @param checksRenew true if a passed active check counts as a heartbeat
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
