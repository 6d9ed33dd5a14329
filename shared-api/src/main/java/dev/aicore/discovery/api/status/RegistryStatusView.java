package dev.aicore.discovery.api.status;

import dev.aicore.discovery.api.status.ComponentStatus.Breaker;
import dev.aicore.discovery.api.status.ComponentStatus.Leases;
import dev.aicore.discovery.api.status.ComponentStatus.Shards;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the registry is, as far as the answering node knows.
 *
 * @param version of the software
 * @param environment as started: development, production, …
 * @param target the sides that the answering node runs: all, command, projections or query
 * @param node the name of the node that answers
 * @param uptimeSeconds whole seconds since {@code startedAt}
 * @param ready whether all of {@code checks} are
 * @param checks what the node needs to be of use, ordered by name
 * @param breakers in front of the stores that this node reads, ordered by name
 * @param store null if PostgreSQL can't be asked
 * @param shards null if this node decides for none
 * @param projections ordered by name; empty if PostgreSQL can't be asked
 * @param leases null if this node watches over none
 * @param registry null if PostgreSQL can't be asked
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
        @Nullable Registry registry) {

    public RegistryStatusView {
        checks = List.copyOf(checks);
        breakers = List.copyOf(breakers);
        projections = List.copyOf(projections);
    }

    /**
     * One thing that a node needs to be of use.
     *
     * @param detail why it isn't ready, or how it is, in words
     */
    public record Check(String name, boolean ready, String detail) {}

    /**
     * The event store.
     *
     * @param incarnation names this store: positions of another one mean nothing here
     * @param position of the last event
     * @param recordedAt when that was recorded; null while the store is empty
     * @param writer the node that may append; empty before the first one
     * @param shards how many there are, for the life of the store
     * @param clockBehindMs a warning: how far the database's clock is behind {@code recordedAt}, since it was ahead then; null if it
     *     isn't by more than a second. Until it has caught up, each write is recorded a millisecond after the one before
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
     * @param position everything up to here is in it
     * @param lag events between it and the end of the store
     * @param state as the node that folds it says; null if another node does
     * @param parked facts set aside because they couldn't be folded
     */
    public record Projection(
            String name, long position, long lag, @Nullable String state, long parked) {}

    /**
     * What is registered.
     *
     * @param services names with at least one present instance
     * @param instances present instances
     * @param byStatus how many of them have each status; all statuses are there
     * @param overdue those that are silent and held back
     * @param damped those that turned too often of late, and need longer to come back
     * @param preserving services of which instances are held back, by name: the first few
     */
    public record Registry(
            long services,
            long instances,
            Map<String, Long> byStatus,
            long overdue,
            long damped,
            List<SelfPreservation> preserving) {

        public Registry {
            preserving = List.copyOf(preserving);
        }
    }

    /**
     * A service of which so many instances fell silent at once that not all of them are believed dead.
     *
     * @param instances present ones
     * @param overdue those of them that are held back
     * @param since when that began; null if it isn't told
     * @param explanation why, and how it ends
     */
    public record SelfPreservation(
            String service,
            long instances,
            long overdue,
            @Nullable Instant since,
            String explanation) {}
}
