package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.instance.Declaration;

/** How a declaration becomes another by a patch. */
@FunctionalInterface
public interface DeclarationMerger {

    /**
     * What comes of it; the name stays.
     *
     * @param patch a JSON merge patch (RFC 7396), as JSON text of an object
     * @throws dev.aicore.discovery.api.error.RegistryException {@code validation_failed} or {@code unknown_field} with what
     *     is wrong, if nobody could register what would come of it
     */
    Declaration apply(Declaration before, String patch);
}
