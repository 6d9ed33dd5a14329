package dev.aicore.discovery.query.snapshot;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.query.database.Marked;
import dev.aicore.discovery.query.memo.Memo;
import java.util.List;

/** A service as it was at a position. */
public final class ServiceSnapshot {

    private final List<Candidate> candidates;
    private final Tally tally;
    private final long position;
    private final Memo memo = new Memo();

    private ServiceSnapshot(List<Candidate> candidates, Tally tally, long position) {
        this.candidates = candidates;
        this.tally = tally;
        this.position = position;
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

    /** Its present instances, ordered by id. */
    public List<Candidate> candidates() {
        return candidates;
    }

    /** Of all of them. */
    public Tally tally() {
        return tally;
    }

    public long position() {
        return position;
    }

    /** What was made of it last. */
    public Memo memo() {
        return memo;
    }
}
