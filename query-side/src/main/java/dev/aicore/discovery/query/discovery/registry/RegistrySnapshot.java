package dev.aicore.discovery.query.discovery.registry;

import dev.aicore.discovery.access.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Immutable state of all services at a position. */
public final class RegistrySnapshot {

    private final long position;
    private final long index;
    private final long extinctionIndex;
    private final SortedMap<String, ServiceInstances> services;
    private final List<RecentInstanceChange> changes;
    private final long weight;
    private final @Nullable Duration age;
    private final @Nullable Instant pastInstant;

    /** Values derived from services and changes, by their type; shared by snapshots of equal content. */
    private final Map<Class<?>, Object> derived;

    /** Newest values that were derived incrementally, by their type: of this content or of an earlier one. */
    private final Map<Class<?>, Object> bases;

    private RegistrySnapshot(
            long position,
            long index,
            long extinctionIndex,
            SortedMap<String, ServiceInstances> services,
            List<RecentInstanceChange> changes,
            long weight,
            @Nullable Duration age,
            @Nullable Instant pastInstant,
            Map<Class<?>, Object> derived,
            Map<Class<?>, Object> bases) {
        this.position = position;
        this.index = index;
        this.extinctionIndex = extinctionIndex;
        this.services = services;
        this.changes = changes;
        this.weight = weight;
        this.age = age;
        this.pastInstant = pastInstant;
        this.derived = derived;
        this.bases = bases;
    }

    /**
     * Creates a snapshot.
     *
     * @param index position of the last change of any service
     * @param extinctionIndex position at which a service lost its last instance for the last time
     * @param services services with instances; not modified any more
     * @param changes last change of each instance that changed recently, in order of position; not modified any more
     * @param weight weight in memory, in the units of {@code SnapshotWeigher}
     * @param before snapshot that this one follows; null for none
     */
    static RegistrySnapshot of(
            long position,
            long index,
            long extinctionIndex,
            SortedMap<String, ServiceInstances> services,
            List<RecentInstanceChange> changes,
            long weight,
            @Nullable RegistrySnapshot before) {
        return new RegistrySnapshot(
                position,
                index,
                extinctionIndex,
                Collections.unmodifiableSortedMap(services),
                Collections.unmodifiableList(changes),
                weight,
                null,
                null,
                new ConcurrentHashMap<>(),
                before == null ? new ConcurrentHashMap<>() : new ConcurrentHashMap<>(before.bases));
    }

    /** Returns the same content at a later position, without changes in between. */
    RegistrySnapshot at(long later) {
        return later == position ? this : with(later, null, null);
    }

    /** Returns the same content, marked as last known to be current some time ago. */
    RegistrySnapshot agedBy(Duration since) {
        return with(position, since, null);
    }

    /** Returns the same content, as the state of the past at an instant. */
    RegistrySnapshot asOf(Instant instant) {
        return with(position, null, instant);
    }

    private RegistrySnapshot with(long at, @Nullable Duration since, @Nullable Instant instant) {
        return new RegistrySnapshot(
                at, index, extinctionIndex, services, changes, weight, since, instant, derived, bases);
    }

    /** Returns the position up to which this snapshot is complete. */
    public long position() {
        return position;
    }

    /** Returns the position of the last change of any service, or a later one that no change has reached. */
    public long index() {
        return index;
    }

    long extinctionIndex() {
        return extinctionIndex;
    }

    /** Returns the services that have instances, ordered by name. */
    public Collection<ServiceInstances> services() {
        return services.values();
    }

    SortedMap<String, ServiceInstances> servicesByName() {
        return services;
    }

    /** Returns a service; without instances if none are present. Its index then changes when a service disappears. */
    public ServiceInstances service(String name) {
        var found = services.get(name);
        return found == null ? new ServiceInstances(name, extinctionIndex, position, List.of()) : found;
    }

    /**
     * Returns the last change of each instance that has changed at an instant or later, in order of position. Reaches
     * back some minutes at most, not before the start of the process, and over a limited number of changes.
     */
    public List<RecentInstanceChange> changesSince(Instant instant) {
        return changes.stream().filter(change -> !change.at().isBefore(instant)).toList();
    }

    List<RecentInstanceChange> changes() {
        return changes;
    }

    long weight() {
        return weight;
    }

    /** Returns the time since this snapshot was last known to be current; null if it is current or of the past. */
    public @Nullable Duration age() {
        return age;
    }

    /** Returns the instant that this snapshot is the state of; null for the present. */
    public @Nullable Instant pastInstant() {
        return pastInstant;
    }

    /**
     * Returns a value that is derived from the services and changes, and computed once for all snapshots of equal
     * content. Concurrent callers may compute it more than once.
     *
     * @param type type of the value, one per kind of value
     * @param make must not use the position
     */
    public <T> T derive(Class<T> type, Function<RegistrySnapshot, T> make) {
        var known = derived.get(type);
        if (known == null) {
            known = make.apply(this);
            derived.put(type, known);
        }
        return type.cast(known);
    }

    /**
     * Returns a value like {@link #derive}, computed from the value of an earlier content. That value stays in memory
     * until the next one is computed.
     *
     * @param make receives the newest value of an earlier content, or of all services if this snapshot is a part of
     *     them; null if there is none. {@link ServiceInstances} and instances keep their object while they don't
     *     change.
     */
    public <T> T deriveIncrementally(Class<T> type, BiFunction<RegistrySnapshot, @Nullable T, T> make) {
        return derive(type, now -> {
            var made = make.apply(now, type.cast(bases.get(type)));
            bases.put(type, made);
            return made;
        });
    }

    /** Returns the part of this snapshot that is in the service scope of the caller. */
    public RegistrySnapshot visibleTo(Caller caller) {
        if (caller.reach() == null) {
            return this;
        }
        var visible = new TreeMap<String, ServiceInstances>();
        services.forEach((name, service) -> {
            if (caller.coversService(name)) {
                visible.put(name, service);
            }
        });
        return new RegistrySnapshot(
                position,
                index,
                extinctionIndex,
                visible,
                changes.stream()
                        .filter(change -> caller.coversService(change.instance().name()))
                        .toList(),
                weight,
                age,
                pastInstant,
                new ConcurrentHashMap<>(),
                new ConcurrentHashMap<>(bases));
    }
}
