package dev.aicore.discovery.command.restore;

import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Service at an earlier point and now, read in one transaction.
 *
 * @param mark position of the store's last fact when it was read
 * @param position position of the earlier point
 * @param at time of the earlier point
 * @param then instances at the earlier point, including expired ones
 * @param now present instances, including expired ones
 * @param ofOthers ids of {@code then} that belong to instances of other services now
 */
record ServiceComparison(
        long mark,
        long position,
        Instant at,
        List<DeclaredInstance> then,
        List<DeclaredInstance> now,
        Set<String> ofOthers) {

    /**
     * Instance with its declaration at the restore point or now.
     *
     * @param expired true if its lease had expired
     * @param tag entity tag of the declaration
     */
    record DeclaredInstance(
            String id, String owner, Declaration declaration, AdminState declared, boolean expired, String tag) {

        /** Returns true if declaration and admin state are equal, regardless of version and time. */
        boolean isAs(DeclaredInstance other) {
            return declaration.equals(other.declaration) && declared == other.declared;
        }
    }
}
