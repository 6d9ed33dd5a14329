package dev.aicore.discovery.api.status;

import dev.aicore.discovery.api.status.ComponentStatus.AxonServer;
import dev.aicore.discovery.api.status.ComponentStatus.Breaker;
import dev.aicore.discovery.api.status.ComponentStatus.Bridge;
import dev.aicore.discovery.api.status.ComponentStatus.Leases;
import dev.aicore.discovery.api.status.ComponentStatus.Shards;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Status of the registry, as far as the responding node knows it.
 *
 * @param version version of the software
 * @param environment environment of the start: development, production, …
 * @param target sides that the responding node runs: all, command, projections or query
 * @param node name of the responding node
 * @param uptimeSeconds whole seconds since {@code startedAt}
 * @param ready true if all {@code checks} are ready
 * @param checks dependencies that the node requires, ordered by name
 * @param breakers circuit breakers in front of the stores that this node reads, ordered by name
 * @param store the event store; null if PostgreSQL is unavailable
 * @param shards the shards of this node; null if this node decides for none
 * @param projections the read models, ordered by name; empty if PostgreSQL is unavailable
 * @param leases the leases that this node watches; null if it watches none
 * @param registry the registered instances; null if PostgreSQL is unavailable
 * @param bridges the bridges to other registries that this node runs, ordered by name
 * @param axonServer the export of facts to Axon Server; null if this node exports none
 */
public record RegistryStatusView(
        String version,
        String environment,
        String target,
        String node,
        Instant startedAt,
        long uptimeSeconds,
        boolean ready,
        List<Check> checks,
        List<Breaker> breakers,
        @Nullable Store store,
        @Nullable Shards shards,
        List<Projection> projections,
        @Nullable Leases leases,
        @Nullable Registry registry,
        List<Bridge> bridges,
        @Nullable AxonServer axonServer) {

    public RegistryStatusView {
        checks = List.copyOf(checks);
        breakers = List.copyOf(breakers);
        projections = List.copyOf(projections);
        bridges = List.copyOf(bridges);
    }

    /**
     * Dependency that a node requires.
     *
     * @param detail the reason why it is not ready, or its state, in words
     */
    public record Check(String name, boolean ready, String detail) {}

    /**
     * The event store.
     *
     * @param incarnation id of this store; positions of another store are meaningless here
     * @param position position of the last event
     * @param recordedAt the time of its recording; null while the store is empty
     * @param writer name of the node that may append; empty before the first writer
     * @param shards number of shards, fixed for the life of the store
     * @param clockBehindMs a warning: milliseconds by which the database's clock is behind {@code recordedAt}, because
     *     it was ahead at that time; null if the difference is at most one second. Until the clock has caught up, each
     *     write is recorded one millisecond after the previous one
     */
    public record Store(
            String incarnation,
            long position,
            @Nullable Instant recordedAt,
            String writer,
            int shards,
            @Nullable Long clockBehindMs) {}

    /**
     * A read model.
     *
     * @param position watermark: the read model contains everything up to here
     * @param lag number of events between the watermark and the end of the store
     * @param state state that the folding node reports; null if another node folds
     * @param parked number of dead letters: facts set aside because they couldn't be folded
     */
    public record Projection(
            String name, long position, long lag, @Nullable String state, long parked) {}

    /**
     * Counts of registered instances.
     *
     * @param services number of services with at least one present instance
     * @param instances number of present instances
     * @param byStatus number of instances by status; contains every status
     * @param overdue number of silent instances that self-preservation holds back
     * @param damped number of unhealthy instances that need more passes because their health changed too often
     * @param preservingServices number of services in self-preservation
     * @param preserving the first {@value #MAX_PRESERVING} of them, ordered by name
     */
    public record Registry(
            long services,
            long instances,
            Map<String, Long> byStatus,
            long overdue,
            long damped,
            long preservingServices,
            List<SelfPreservation> preserving) {

        /** Maximum number of services in {@code preserving}. */
        public static final int MAX_PRESERVING = 20;

        public Registry {
            preserving = List.copyOf(preserving);
        }
    }

    /**
     * Service in self-preservation: too many of its instances fell silent at once.
     *
     * @param instances number of present instances
     * @param overdue number of instances that are held back
     * @param since start of self-preservation; null if it is unknown
     * @param explanation the reason and the way it ends
     */
    public record SelfPreservation(
            String service,
            long instances,
            long overdue,
            @Nullable Instant since,
            String explanation) {}
}
