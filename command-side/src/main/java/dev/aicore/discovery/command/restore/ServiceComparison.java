package dev.aicore.discovery.command.restore;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A service at a moment, and now; read in one go.
 *
 * @param mark the store's last fact when it was read
 * @param position that of the moment
 * @param at when it was
 * @param then its instances, those included whose lease had expired
 * @param now its present ones, likewise
 * @param ofOthers the ids of {@code then} that instances of other services have now
 */
record ServiceComparison(
        long mark,
        long position,
        Instant at,
        List<DeclaredInstance> then,
        List<DeclaredInstance> now,
        Set<String> ofOthers) {}
