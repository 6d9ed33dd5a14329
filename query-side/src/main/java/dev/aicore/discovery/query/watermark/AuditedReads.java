package dev.aicore.discovery.query.watermark;

import java.util.Set;

/**
 * What is told of instances together with who did it. The audit and the instances are folded independently of each other: only what is in
 * both is answered.
 */
public final class AuditedReads {

    /** What {@link ReadYourWritesBarrier} has to wait for on behalf of such reads. */
    public static final Set<String> PROJECTIONS = Set.of("audit", "instances");

    /** A query for the {@code position} that both have reached, and when it was recorded ({@code at}). */
    public static final String COMPLETE = """
            SELECT CASE WHEN count(*) = 2 THEN min(position) ELSE 0 END AS position, min(at) AS at
            FROM models.watermarks WHERE projection IN ('audit', 'instances')
            """;

    private AuditedReads() {}
}
