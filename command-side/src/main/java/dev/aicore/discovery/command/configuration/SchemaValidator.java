package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.api.shard.Outcome.Refused;
import java.util.Optional;

/** Whether schemas are ones, and whether configurations are what they ask for. Takes bounded time and memory, and looks at nothing else. */
interface SchemaValidator {

    /** Why a text can't be a schema; empty if it can. */
    Optional<Refused> ofSchema(String schema);

    /** Why a configuration isn't what a schema asks for; empty if it is. */
    Optional<Refused> ofContent(String schema, String content);
}
