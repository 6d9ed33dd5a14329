package dev.aicore.discovery.command.restore;

import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.Declared;

/**
 * An instance as it was declared, then or now.
 *
 * @param expired whether its lease had run out
 * @param tag the entity tag of what is declared
 */
record Known(String id, String owner, Declaration declaration, Declared declared, boolean expired, String tag) {

    /** Whether the same is declared, whenever and however often that was. */
    boolean isAs(Known other) {
        return declaration.equals(other.declaration) && declared == other.declared;
    }
}
