package dev.aicore.discovery.command.restore;

import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;

/**
 * An instance as it was declared, then or now.
 *
 * @param expired whether its lease had run out
 * @param tag the entity tag of what is declared
 */
record DeclaredInstance(
        String id, String owner, Declaration declaration, AdminState declared, boolean expired, String tag) {

    /** Whether the same is declared, whenever and however often that was. */
    boolean isAs(DeclaredInstance other) {
        return declaration.equals(other.declaration) && declared == other.declared;
    }
}
