package dev.aicore.discovery.projection.flow;

import java.time.Duration;
import java.time.Instant;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * Facts up to the first that can't be read. Axon would abort all segments there, with facts in their queues that can be folded,
 * and read the same again for ever; here they fold what comes before, and the projection stands still and says why.
 */
final class GuardedFacts implements StreamableMessageSource<TrackedEventMessage<?>> {

    private final StreamableMessageSource<TrackedEventMessage<?>> facts;
    private final Faults faults;

    GuardedFacts(StreamableMessageSource<TrackedEventMessage<?>> facts, Faults faults) {
        this.facts = facts;
        this.faults = faults;
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        faults.clear(Faults.STREAM);
        return new GuardedStream(facts.openStream(token), faults);
    }

    @Override
    public TrackingToken createTailToken() {
        return facts.createTailToken();
    }

    @Override
    public TrackingToken createHeadToken() {
        return facts.createHeadToken();
    }

    @Override
    public TrackingToken createTokenAt(Instant at) {
        return facts.createTokenAt(at);
    }

    @Override
    public TrackingToken createTokenSince(Duration age) {
        return facts.createTokenSince(age);
    }
}
