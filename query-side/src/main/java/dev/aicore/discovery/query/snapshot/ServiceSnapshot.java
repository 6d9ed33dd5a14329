package dev.aicore.discovery.query.snapshot;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.query.database.Marked;
import java.util.List;

/**
 * A service as it was at a position.
 *
 * @param candidates its present instances, ordered by id
 * @param tally of all of them
 */
public record ServiceSnapshot(List<Candidate> candidates, Tally tally, long position) {

    public ServiceSnapshot {
        candidates = List.copyOf(candidates);
    }

    /** Of what was read. */
    public static ServiceSnapshot of(Marked<List<InstanceView>> read) {
        return of(read.rows(), read.position());
    }

    /**
     * Of instances.
     *
     * @param instances ordered by id
     */
    public static ServiceSnapshot of(List<InstanceView> instances, long position) {
        return new ServiceSnapshot(instances.stream().map(Candidate::new).toList(), Tally.of(instances), position);
    }
}
