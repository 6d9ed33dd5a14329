package dev.aicore.discovery.query.diff;

import dev.aicore.discovery.query.moment.Then;
import org.jspecify.annotations.Nullable;

/**
 * Which differences are asked for: those of what happened behind {@code from} and up to {@code to}.
 *
 * @param service null for all services
 */
record Scope(Then from, Then to, @Nullable String service) {}
