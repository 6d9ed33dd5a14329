package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.shard.CommandResult;
import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.config.telemetry.TraceRecorder;
import dev.aicore.discovery.config.telemetry.TracedSpan;
import dev.aicore.discovery.eventstore.DurableResult;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records batches that have commands of recorded requests. Each of these commands is a span of its request's trace. The
 * batch is a span of the first one's trace and has links to all of them, and each of them has a link to the batch.
 */
final class TracingShardDispatcher implements ShardDispatcher {

    private final ShardDispatcher dispatcher;
    private final TraceRecorder recorder;

    TracingShardDispatcher(ShardDispatcher dispatcher, TraceRecorder recorder) {
        this.dispatcher = dispatcher;
        this.recorder = recorder;
    }

    @Override
    public DurableResult<List<CommandResult>> decide(DecideBatch batch, List<@Nullable IdempotencyKey> keys) {
        var commands = begin(batch.items());
        if (commands.isEmpty()) {
            return dispatcher.decide(batch, keys);
        }
        var span = commands.getFirst()
                .child("batch", null, commands.stream().map(TracedSpan::context).toList())
                .tag("service_discovery.shard", batch.shard())
                .tag("service_discovery.commands", batch.items().size());
        commands.forEach(command -> command.link(span.context()));
        try {
            return span.run(() -> dispatcher.decide(batch, keys));
        } catch (RuntimeException e) {
            span.fail(e);
            throw e;
        } finally {
            span.end();
            commands.forEach(TracedSpan::end);
        }
    }

    private List<TracedSpan> begin(List<ShardCommand> commands) {
        List<TracedSpan> spans = List.of();
        for (var command : commands) {
            var metadata = command.envelope();
            var traceParent = metadata == null ? null : metadata.traceParent();
            var span = traceParent == null
                    ? null
                    : recorder.continueTrace(
                            traceParent, "command " + command.getClass().getSimpleName(), null);
            if (span != null) {
                spans = spans.isEmpty() ? new ArrayList<>() : spans;
                spans.add(span);
            }
        }
        return spans;
    }
}
