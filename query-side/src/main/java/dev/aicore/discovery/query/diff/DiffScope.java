package dev.aicore.discovery.query.diff;

import dev.aicore.discovery.api.access.ServiceScope;
import dev.aicore.discovery.query.asof.ResolvedAsOfPoint;
import org.jspecify.annotations.Nullable;

/**
 * Selects the differences caused by facts after {@code from} and up to {@code to}.
 *
 * @param service null for all services
 * @param reach service scope of the caller; null for all services
 */
record DiffScope(
        ResolvedAsOfPoint from,
        ResolvedAsOfPoint to,
        @Nullable String service,
        @Nullable ServiceScope reach) {}
