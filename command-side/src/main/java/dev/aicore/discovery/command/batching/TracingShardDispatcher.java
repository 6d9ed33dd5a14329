package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.shard.CommandResult;
import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.config.telemetry.TraceContext;
import dev.aicore.discovery.config.telemetry.TraceRecorder;
import dev.aicore.discovery.config.telemetry.TracedSpan;
import dev.aicore.discovery.eventstore.DurableResult;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records batches that have commands of recorded requests. Each of these commands is a span of its request's trace,
 * with a link to the batch. The batch is a span of the first one's trace, with links to all of these requests.
 */
final class TracingShardDispatcher implements ShardDispatcher {

    private final ShardDispatcher dispatcher;
    private final TraceRecorder recorder;

    TracingShardDispatcher(ShardDispatcher dispatcher, TraceRecorder recorder) {
        this.dispatcher = dispatcher;
        this.recorder = recorder;
    }

    private record RecordedCommand(String name, TraceContext request) {}

    @Override
    public DurableResult<List<CommandResult>> decide(DecideBatch batch, List<@Nullable IdempotencyKey> keys) {
        var recorded = recordedOf(batch.items());
        var span = recorded.isEmpty() ? null : begin(recorded);
        if (span == null) {
            return dispatcher.decide(batch, keys);
        }
        span.tag("service_discovery.shard", batch.shard())
                .tag("service_discovery.commands", batch.items().size());
        var commands = begin(recorded, span.context());
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

    private static List<RecordedCommand> recordedOf(List<ShardCommand> commands) {
        List<RecordedCommand> recorded = List.of();
        for (var command : commands) {
            var metadata = command.envelope();
            var request = metadata == null ? null : TraceContext.parse(metadata.traceParent());
            if (request != null && request.sampled()) {
                recorded = recorded.isEmpty() ? new ArrayList<>() : recorded;
                recorded.add(new RecordedCommand(command.getClass().getSimpleName(), request));
            }
        }
        return recorded;
    }

    private @Nullable TracedSpan begin(List<RecordedCommand> recorded) {
        var requests = recorded.stream().map(RecordedCommand::request).toList();
        return recorder.continueTrace(requests.getFirst(), "batch", null, requests);
    }

    private List<TracedSpan> begin(List<RecordedCommand> recorded, TraceContext batch) {
        return recorded.stream()
                .flatMap(command -> Stream.ofNullable(
                        recorder.continueTrace(command.request(), "command " + command.name(), null, List.of(batch))))
                .toList();
    }
}
