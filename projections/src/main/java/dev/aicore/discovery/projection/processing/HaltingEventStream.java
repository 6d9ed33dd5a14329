package dev.aicore.discovery.projection.processing;

import dev.aicore.discovery.config.telemetry.LogEvent;
import dev.aicore.discovery.eventstore.wire.WireTypeRegistry.NewerEventException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends permanently, as if no event followed, before the first event that can't be read. */
final class HaltingEventStream implements BlockingStream<TrackedEventMessage<?>> {

    private static final Logger LOG = LoggerFactory.getLogger(HaltingEventStream.class);
    private static final String UNREADABLE = "unreadable_event";

    private final BlockingStream<TrackedEventMessage<?>> facts;
    private final ProjectionFaults projectionFaults;
    private boolean ended;

    HaltingEventStream(BlockingStream<TrackedEventMessage<?>> facts, ProjectionFaults projectionFaults) {
        this.facts = facts;
        this.projectionFaults = projectionFaults;
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        try {
            var next = ended ? Optional.<TrackedEventMessage<?>>empty() : facts.peek();
            // Payloads are deserialized lazily. Forces it here, so that no segment receives an event that it can't
            // read.
            next.ifPresent(TrackedEventMessage::getPayload);
            return next;
        } catch (NewerEventException e) {
            return end(NewerEventException.CODE, e);
        } catch (SerializationException e) {
            return end(UNREADABLE, e);
        }
    }

    /** Ends the stream and reports the reason in the status. */
    void end(String reason, String detail) {
        ended = true;
        LogEvent.PROJECTION_STOPPED.on(LOG).log("A projection stopped ({}): {}", reason, detail);
        projectionFaults.raise(ProjectionFaults.STREAM, reason, detail);
    }

    private Optional<TrackedEventMessage<?>> end(String reason, RuntimeException e) {
        end(reason, String.valueOf(e.getMessage()));
        return Optional.empty();
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        try {
            return peek().isPresent() || (!ended && facts.hasNextAvailable(timeout, unit) && peek().isPresent());
        } catch (NewerEventException e) {
            return end(NewerEventException.CODE, e).isPresent();
        } catch (SerializationException e) {
            return end(UNREADABLE, e).isPresent();
        }
    }

    /** Returns the next event; only to be called if there is one. */
    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        if (ended) {
            throw new IllegalStateException("The stream ended before an unreadable event.");
        }
        return facts.nextAvailable();
    }

    @Override
    public void close() {
        facts.close();
    }

    @Override
    public boolean setOnAvailableCallback(Runnable callback) {
        return facts.setOnAvailableCallback(callback);
    }
}
