package dev.aicore.discovery.query.consistency;

import dev.aicore.discovery.readmodel.ModelTable;
import java.util.Set;

/**
 * Positions for reads that combine instances with the audit. The two projections fold independently; an answer contains
 * only what both have folded.
 */
public final class AuditedReads {

    /** Projections that {@link ReadYourWritesBarrier} must wait for on behalf of such reads. */
    public static final Set<String> PROJECTIONS = Set.of("audit", "instances");

    /** Query for the {@code position} that both projections have reached, and the time it was recorded ({@code at}). */
    public static final String COMPLETE = """
            SELECT CASE WHEN count(*) = 2 THEN min(position) ELSE 0 END AS position, min(at) AS at
            FROM %s WHERE projection IN ('audit', 'instances')
            """.formatted(ModelTable.WATERMARKS);

    private AuditedReads() {}
}
