package dev.aicore.discovery.projection.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.api.RegistryEvent;
import dev.aicore.discovery.eventstore.RecordedEventDecoder;
import dev.aicore.discovery.eventstore.RecordedEventDecoder.RecordedColumns;
import dev.aicore.discovery.projection.bundle.Bundle.BundleVisitor;
import dev.aicore.discovery.projection.bundle.Bundle.CorruptBundleException;
import dev.aicore.discovery.projection.bundle.BundleLine.BundleFact;
import dev.aicore.discovery.projection.bundle.BundleLine.BundleObservation;
import dev.aicore.discovery.projection.bundle.BundleLine.RowLine;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/** Reads what the shards of a bundle recorded: their instances at its start, and every event after it. */
public final class BundleEvents {

    private static final String INSTANCES = "instance_versions";

    private final Bundle bundle;
    private final RecordedEventDecoder decoder = new RecordedEventDecoder();

    private BundleEvents(Bundle bundle) {
        this.bundle = bundle;
    }

    /**
     * Returns the events of a bundle.
     *
     * @throws CorruptBundleException if the bundle has no observations; the message states the reason
     */
    public static BundleEvents of(Bundle bundle) throws CorruptBundleException {
        var observations = bundle.header().observations();
        if (observations == null || bundle.header().settings() == null) {
            throw new CorruptBundleException("The bundle has format version "
                    + bundle.header().version() + ", which has no observations, so nothing can be decided again."
                    + " Export it again with this version.");
        }
        if (observations.omitted() != null) {
            throw new CorruptBundleException("The bundle has no observations, so nothing can be decided again: "
                    + observations.omitted() + ". Export a shorter or later time.");
        }
        return new BundleEvents(bundle);
    }

    /** Receives instances and then events, in the order in which they were recorded. */
    public interface EventVisitor {

        /**
         * Receives an instance as it was at the start of the bundle.
         *
         * @param row row of the read model of instances
         */
        void instance(int shard, JsonNode row);

        void event(int shard, RegistryEvent event);
    }

    /**
     * Passes the instances and events of all shards to the visitor.
     *
     * @throws CorruptBundleException if an event can't be read
     */
    public void forEach(EventVisitor visitor) throws IOException {
        try {
            bundle.forEach(new DecodingVisitor(visitor));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (UnreadableRecordException e) {
            throw new CorruptBundleException(String.valueOf(e.getMessage()));
        }
    }

    private final class DecodingVisitor implements BundleVisitor {

        private final EventVisitor visitor;

        DecodingVisitor(EventVisitor visitor) {
            this.visitor = visitor;
        }

        @Override
        public void row(RowLine rowLine) {
            if (rowLine.table().equals(INSTANCES)
                    && rowLine.row().path("to_position").isNull()) {
                visitor.instance(rowLine.row().path("shard").asInt(), rowLine.row());
            }
        }

        /** Skips the fact at the start, which the instances reflect. */
        @Override
        public void fact(BundleFact fact) {
            if (fact.position() > bundle.header().from().position() && isOfShard(fact.shard())) {
                var payload = fact.payload();
                if (payload == null) {
                    throw new UnreadableRecordException(fact.position());
                }
                decode(new RecordedColumns(
                        fact.position(),
                        fact.seq(),
                        fact.recordedAt(),
                        fact.shard(),
                        fact.revision(),
                        fact.type(),
                        fact.instanceId(),
                        payload.getBytes(UTF_8)));
            }
        }

        @Override
        public void observation(BundleObservation observation) {
            var payload = observation.payload();
            if (payload == null) {
                throw new UnreadableRecordException(observation.position());
            }
            if (isOfShard(observation.shard())) {
                decode(new RecordedColumns(
                        observation.position(),
                        observation.seq(),
                        observation.recordedAt(),
                        observation.shard(),
                        observation.revision(),
                        observation.type(),
                        null,
                        Base64.getDecoder().decode(payload)));
            }
        }

        private void decode(RecordedColumns columns) {
            var event = decoder.decode(columns);
            if (event == null) {
                throw new UnreadableRecordException(columns.position());
            }
            visitor.event(columns.shard(), event);
        }

        private boolean isOfShard(int shard) {
            return shard >= 0 && shard < bundle.header().shards();
        }
    }

    /** Thrown if an event can't be decoded. */
    private static final class UnreadableRecordException extends RuntimeException {

        UnreadableRecordException(long position) {
            super("The event at position " + position + " of the bundle can't be read, so nothing can be decided"
                    + " again.");
        }
    }
}
