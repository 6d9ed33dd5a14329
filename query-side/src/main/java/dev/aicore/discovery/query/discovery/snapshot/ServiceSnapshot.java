package dev.aicore.discovery.query.discovery.snapshot;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.watching.InstanceChangeView;
import dev.aicore.discovery.query.cache.LastValueCache;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Immutable state of a service at a position. */
public final class ServiceSnapshot {

    /** Multiplier of the hash: odd, so that no fingerprint is lost, and with bits spread over all places. */
    private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

    private final List<Candidate> candidates;
    private final HealthCounts healthCounts;
    private final int weight;
    private final long surplus;
    private final long position;
    private final boolean outline;
    private final LastValueCache cache = new LastValueCache();
    private volatile @Nullable String tag;

    private ServiceSnapshot(
            List<Candidate> candidates,
            HealthCounts healthCounts,
            int weight,
            long surplus,
            long position,
            boolean outline) {
        this.outline = outline;
        this.surplus = surplus;
        this.candidates = candidates;
        this.healthCounts = healthCounts;
        this.weight = weight;
        this.position = position;
    }

    /** Creates a snapshot from a read. */
    public static ServiceSnapshot of(PositionedResult<List<InstanceView>> read) {
        return of(read.rows(), read.position());
    }

    /**
     * Creates a snapshot from instances.
     *
     * @param instances ordered by id
     */
    public static ServiceSnapshot of(List<InstanceView> instances, long position) {
        return of(instances, position, false);
    }

    /** Creates an outline from a read without metadata, tags and checks. */
    public static ServiceSnapshot outlineOf(PositionedResult<List<InstanceView>> read) {
        return of(read.rows(), read.position(), true);
    }

    private static ServiceSnapshot of(List<InstanceView> instances, long position, boolean outline) {
        return new ServiceSnapshot(
                instances.stream().map(Candidate::new).toList(),
                HealthCounts.of(instances),
                instances.stream().mapToInt(SnapshotWeigher::of).sum(),
                instances.stream().mapToLong(SnapshotWeigher::surplus).sum(),
                position,
                outline);
    }

    /** Returns this snapshot with only those candidates that have one of the ids. */
    public ServiceSnapshot only(Set<String> ids) {
        var some = candidates.stream()
                .filter(candidate -> ids.contains(candidate.view().id()))
                .toList();
        return new ServiceSnapshot(some, healthCounts, weight, surplus, position, outline);
    }

    /** Returns true if metadata, tags and checks are missing, because they are too large to be read at once. */
    public boolean isOutline() {
        return outline;
    }

    /**
     * Returns the snapshot after changes; an outline remains an outline. Unchanged candidates are shared with this
     * snapshot.
     *
     * @param changes in order of position
     * @param upTo position up to which there are no other changes
     */
    ServiceSnapshot withChanges(List<InstanceChangeView> changes, long upTo) {
        var now = new ArrayList<>(candidates);
        var counted = healthCounts;
        int weighed = weight;
        long beyond = surplus;
        for (var change : changes) {
            int place = IdSearch.indexOf(now, candidate -> candidate.view().id(), change.id());
            if (place >= 0) {
                var before = now.get(place).view();
                counted = counted.without(before);
                weighed -= SnapshotWeigher.of(before);
                beyond -= SnapshotWeigher.surplus(before);
            }
            var after = toViews(change.instance());
            if (after != null) {
                counted = counted.with(after);
                weighed += SnapshotWeigher.of(after);
                beyond += SnapshotWeigher.surplus(after);
            }
            replace(now, place, after);
        }
        return new ServiceSnapshot(Collections.unmodifiableList(now), counted, weighed, beyond, upTo, outline);
    }

    private @Nullable InstanceView toViews(@Nullable InstanceView instance) {
        return outline && instance != null ? instance.asOutline() : instance;
    }

    private static void replace(List<Candidate> candidates, int place, @Nullable InstanceView after) {
        if (after == null) {
            if (place >= 0) {
                candidates.remove(place);
            }
        } else if (place >= 0) {
            candidates.set(place, new Candidate(after));
        } else {
            candidates.add(-place - 1, new Candidate(after));
        }
    }

    /** Returns the instance with an id; null if it isn't present. */
    @Nullable
    InstanceView instance(String id) {
        int place = IdSearch.indexOf(candidates, candidate -> candidate.view().id(), id);
        return place < 0 ? null : candidates.get(place).view();
    }

    /** Returns the present instances, ordered by id. */
    public List<Candidate> candidates() {
        return candidates;
    }

    /** Returns the health counts of all instances of the service. */
    public HealthCounts counts() {
        return healthCounts;
    }

    /** Returns the total surplus of its instances: see {@link SnapshotWeigher#surplus}. */
    long surplus() {
        return surplus;
    }

    /** Returns the weight in memory, at least 1: see {@link SnapshotWeigher}. */
    int weight() {
        return Math.max(1, weight);
    }

    public long position() {
        return position;
    }

    /**
     * Returns a weak entity tag of the instances' content; equal for snapshots with equal content, regardless of
     * position.
     */
    public String tag() {
        var known = tag;
        if (known == null) {
            long hash = candidates.size();
            for (var candidate : candidates) {
                hash = hash * MULTIPLIER + candidate.fingerprint();
            }
            known = "W/\"" + Long.toHexString(hash) + "\"";
            tag = known;
        }
        return known;
    }

    /** Returns the cache of the last value computed from this snapshot. */
    public LastValueCache memo() {
        return cache;
    }
}
