package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.api.configuration.ConfigurationFact;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationDeleted;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationRolledBack;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationSchemaDeclared;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationSchemaDropped;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationStored;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationStream;
import dev.aicore.discovery.command.configuration.ConfigurationAggregate.ContentReader;
import dev.aicore.discovery.eventstore.EventPageReader;

/** Reads the content of configuration events from the store. */
final class StoredContentReader implements ContentReader {

    private final EventPageReader pages;

    StoredContentReader(EventPageReader pages) {
        this.pages = pages;
    }

    @Override
    public String at(long sequence) {
        return contentOf((ConfigurationFact) pages.fact(ConfigurationStream.NAME, sequence));
    }

    static String contentOf(ConfigurationFact fact) {
        return switch (fact) {
            case ConfigurationStored stored -> stored.content();
            case ConfigurationRolledBack rolledBack -> rolledBack.content();
            case ConfigurationSchemaDeclared declared -> declared.schema();
            case ConfigurationDeleted _, ConfigurationSchemaDropped _ ->
                throw new IllegalArgumentException("A fact that deletes something has no content.");
        };
    }
}
