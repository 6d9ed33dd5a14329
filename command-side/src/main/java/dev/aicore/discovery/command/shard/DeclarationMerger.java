package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.instance.Declaration;

/** Applies a patch to a declaration. */
@FunctionalInterface
public interface DeclarationMerger {

    /**
     * Returns the patched declaration. The name stays unchanged.
     *
     * @param patch JSON merge patch (RFC 7396), as the JSON text of an object
     * @throws dev.aicore.discovery.api.error.RegistryException {@code validation_failed} or {@code unknown_field} with
     *     all errors, if the patched declaration could not be registered
     */
    Declaration apply(Declaration before, String patch);
}
