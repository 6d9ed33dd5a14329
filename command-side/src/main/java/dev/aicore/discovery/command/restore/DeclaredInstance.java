package dev.aicore.discovery.command.restore;

import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;

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
