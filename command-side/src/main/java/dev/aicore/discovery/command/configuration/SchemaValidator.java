package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.api.shard.Outcome.Refused;
import java.util.Optional;

/** Validates schemas, and configurations against schemas. Takes bounded time and memory, and accesses nothing else. */
interface SchemaValidator {

    /** Returns a refusal if a text is not a schema; else empty. */
    Optional<Refused> ofSchema(String schema);

    /** Returns a refusal if a configuration violates a schema; else empty. */
    Optional<Refused> ofContent(String schema, String content);
}
