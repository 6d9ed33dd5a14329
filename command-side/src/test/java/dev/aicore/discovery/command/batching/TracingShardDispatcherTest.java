package dev.aicore.discovery.command.batching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.instance.DeregisterInstance;
import dev.aicore.discovery.api.instance.InstancePrecondition;
import dev.aicore.discovery.api.shard.CommandResult;
import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.api.shard.TakeCheckpoint;
import dev.aicore.discovery.api.testing.EventMetadataBuilder;
import dev.aicore.discovery.config.telemetry.RecordedTraces;
import dev.aicore.discovery.config.telemetry.TracedSpan;
import dev.aicore.discovery.eventstore.DurableResult;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TracingShardDispatcherTest {

    private static final String FIRST = "0af7651916cd43dd8448eb211c80319c";
    private static final String SECOND = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final DurableResult<List<CommandResult>> RESULT = new DurableResult<>(List.of(), null);

    private final RecordedTraces traces = new RecordedTraces();
    private final List<@Nullable TracedSpan> current = new ArrayList<>();

    @AfterEach
    void close() {
        traces.close();
    }

    @Test
    void batch_isLinkedWithCommandsOfRecordedRequests() {
        decide(
                deregister(FIRST + "-b7ad6b7169203331-01"),
                deregister(null),
                deregister(SECOND + "-00f067aa0ba902b7-01"));

        var batch = named("batch").getFirst();
        var commands = named("command DeregisterInstance");
        assertThat(commands).extracting(SpanData::getTraceId).containsExactlyInAnyOrder(FIRST, SECOND);
        assertThat(commands).allSatisfy(command -> assertThat(linked(command)).containsExactly(batch.getSpanId()));
        assertThat(batch.getTraceId()).isEqualTo(FIRST);
        assertThat(linked(batch))
                .as("the requests of the commands")
                .containsExactlyInAnyOrderElementsOf(
                        commands.stream().map(SpanData::getParentSpanId).toList());
        assertThat(current)
                .singleElement()
                .satisfies(span -> assertThat(span)
                        .isNotNull()
                        .extracting(each -> each.context().spanId())
                        .isEqualTo(batch.getSpanId()));
        assertThat(TracedSpan.current()).isNull();
    }

    @Test
    void batch_withoutRecordedRequests_createsNoSpan() {
        decide(deregister(null), deregister(FIRST + "-b7ad6b7169203331-00"), new TakeCheckpoint());

        assertThat(traces.begun()).isEmpty();
        assertThat(current).containsExactly((TracedSpan) null);
    }

    private void decide(ShardCommand... commands) {
        ShardDispatcher dispatcher = (_, _) -> {
            current.add(TracedSpan.current());
            return RESULT;
        };
        assertThat(new TracingShardDispatcher(dispatcher, traces.recorder())
                        .decide(new DecideBatch("shard-0", Instant.EPOCH, List.of(commands)), List.of()))
                .isSameAs(RESULT);
    }

    private List<SpanData> named(String name) {
        return traces.ended().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    private static List<String> linked(SpanData span) {
        return span.getLinks().stream()
                .map(LinkData::getSpanContext)
                .map(context -> context.getSpanId())
                .toList();
    }

    private static DeregisterInstance deregister(@Nullable String trace) {
        var metadata = EventMetadataBuilder.by("ann");
        return new DeregisterInstance(
                "o1",
                InstancePrecondition.NONE,
                (trace == null ? metadata : metadata.traceParent("00-" + trace)).build());
    }
}
