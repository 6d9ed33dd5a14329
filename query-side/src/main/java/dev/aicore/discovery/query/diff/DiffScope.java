package dev.aicore.discovery.query.diff;

import dev.aicore.discovery.api.access.ServiceScope;
import dev.aicore.discovery.query.asof.ResolvedAsOfPoint;
import org.jspecify.annotations.Nullable;

/**
 * Which differences are asked for: those of what happened behind {@code from} and up to {@code to}.
 *
 * @param service null for all services
 * @param reach those that the caller is bound to; null for all
 */
record DiffScope(
        ResolvedAsOfPoint from,
        ResolvedAsOfPoint to,
        @Nullable String service,
        @Nullable ServiceScope reach) {}
