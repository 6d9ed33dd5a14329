package dev.aicore.discovery.query.diff;

import dev.aicore.discovery.api.access.Reach;
import dev.aicore.discovery.query.moment.Then;
import org.jspecify.annotations.Nullable;

/**
 * Which differences are asked for: those of what happened behind {@code from} and up to {@code to}.
 *
 * @param service null for all services
 * @param reach those that the caller is bound to; null for all
 */
record Scope(
        Then from,
        Then to,
        @Nullable String service,
        @Nullable Reach reach) {}
