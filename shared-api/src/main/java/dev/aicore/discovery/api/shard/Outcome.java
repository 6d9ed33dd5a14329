package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.Health;
import java.time.Instant;
import java.util.List;

/** What became of an {@link Item}. A refusal is an outcome, not an exception: it must not cost others anything. */
public sealed interface Outcome {

    /**
     * The instance is registered as asked.
     *
     * @param change what it took
     * @param version of the declaration
     * @param registeredAt when it was first registered under this slot
     */
    record Held(
            Change change,
            String owner,
            int version,
            Declaration declaration,
            Health health,
            Instant registeredAt,
            Lease lease)
            implements Outcome {}

    /** How a registration was met. */
    enum Change {
        /** There was none of that id. */
        CREATED,
        /** Its declaration is another now. */
        UPDATED,
        /** It was as declared already: the lease runs anew. */
        RENEWED,
        /** It had expired or been removed by expiry. */
        REVIVED
    }

    /**
     * The observation counts.
     *
     * @param revived whether it brought the instance back
     */
    record Renewed(Lease lease, boolean revived) implements Outcome {}

    /** The instance is out. */
    record Deregistered(Lease lease) implements Outcome {}

    /** Where these leases stand now. */
    record Leases(List<Lease> leases) implements Outcome {
        public Leases {
            leases = List.copyOf(leases);
        }
    }

    /** Nothing was changed, and why not. */
    record Refused(ErrorCode code, String detail) implements Outcome {}
}
