package dev.aicore.discovery.eventstore;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stores which node does a job, such as a bridge, and what it reports. Only the owner of the event store can claim a
 * job. Blocks. All methods fail with {@link StoreUnavailableException} if the database fails.
 */
public final class JobStore {

    private final JdbcQueryRunner jdbcQueryRunner;

    public JobStore(JdbcQueryRunner jdbcQueryRunner) {
        this.jdbcQueryRunner = jdbcQueryRunner;
    }

    /**
     * Claim of a job by this process.
     *
     * @param epoch number of the claim, which the next claim raises
     * @param paused true if an operator has paused the job
     */
    public record JobClaim(long epoch, boolean paused) {}

    /**
     * Job as all nodes see it.
     *
     * @param node node that has claimed it last; null if that node has released it, and before the first claim
     * @param claimed true if that node owns the event store now
     * @param epoch number of the last claim
     * @param paused true if an operator has paused the job
     * @param report last report, a JSON document; null before the first one
     */
    public record Job(
            String name,
            @Nullable String node,
            boolean claimed,
            long epoch,
            boolean paused,
            @Nullable String report) {}

    /**
     * Claims a job, which ends every earlier claim of it.
     *
     * @param node name of this node
     * @return empty if this node doesn't own the event store
     */
    public Optional<JobClaim> claim(String name, String node) {
        return jdbcQueryRunner.read(connection -> JobRows.claim(connection, name, node));
    }

    /**
     * Stores a report, if the claim isn't over.
     *
     * @param report JSON document
     * @return false if the claim is over
     */
    public boolean report(String name, long epoch, String report) {
        return jdbcQueryRunner.read(connection -> JobRows.report(connection, name, epoch, report));
    }

    /**
     * Ends a claim with a last report; does nothing if it is over.
     *
     * @param report JSON document
     */
    public void release(String name, long epoch, String report) {
        jdbcQueryRunner.read(connection -> JobRows.release(connection, name, epoch, report));
    }

    /** Pauses a job or ends its pause, also for the nodes that claim it later. */
    public void setPaused(String name, boolean paused) {
        jdbcQueryRunner.read(connection -> JobRows.setPaused(connection, name, paused));
    }

    /** Returns the jobs whose names have a prefix, ordered by name. */
    public List<Job> jobs(String prefix) {
        return jdbcQueryRunner.read(connection -> JobRows.list(connection, prefix));
    }
}
