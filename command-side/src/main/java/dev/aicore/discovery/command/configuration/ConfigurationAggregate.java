package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.Outcome.Configured;
import dev.aicore.discovery.api.Outcome.Edit;
import dev.aicore.discovery.api.Outcome.Refused;
import dev.aicore.discovery.api.configuration.ConfigurationCommand.DeclareSchema;
import dev.aicore.discovery.api.configuration.ConfigurationCommand.DeleteConfiguration;
import dev.aicore.discovery.api.configuration.ConfigurationCommand.DropSchema;
import dev.aicore.discovery.api.configuration.ConfigurationCommand.RollBackConfiguration;
import dev.aicore.discovery.api.configuration.ConfigurationCommand.StoreConfiguration;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationDeleted;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationRolledBack;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationSchemaDeclared;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationSchemaDropped;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationStored;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/**
 * Aggregate of the configurations of all services, in one event stream, so that concurrent changes of a configuration
 * have an order. Stores in memory only the index of each version's event; the content is read from the store when a
 * decision needs it. A refusal is an outcome.
 */
@AggregateRoot
public final class ConfigurationAggregate {

    /** Known before the first event, since there is only one aggregate of this type. */
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private final String name = ConfigurationStream.NAME;

    private final Map<String, VersionIndex> services;

    /** Creates an empty aggregate, to which Axon applies its events. */
    ConfigurationAggregate() {
        this(new HashMap<>());
    }

    /** Creates an aggregate with the state of a snapshot. */
    ConfigurationAggregate(Map<String, VersionIndex> services) {
        this.services = services;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome store(StoreConfiguration command, ContentReader contentReader, SchemaValidator schemaValidator) {
        var versionIndex = versionsOf(command.service());
        boolean isNew = !versionIndex.isPresent();
        return ConfigurationErrors.checkPrecondition(command.expected(), versionIndex.tag())
                .or(() -> ConfigurationErrors.checkCapacity(services, command.service()))
                .or(() -> violation(versionIndex, command.content(), contentReader, schemaValidator))
                .map(Outcome.class::cast)
                .orElseGet(() -> {
                    if (versionIndex.hasContent(command.content())) {
                        return new Configured(command.service(), Edit.UNCHANGED, versionIndex.version(), command.at());
                    }
                    int version = versionIndex.version() + 1;
                    AggregateLifecycle.apply(new ConfigurationStored(
                            command.service(), version, command.content(), command.at(), command.envelope()));
                    return new Configured(
                            command.service(), isNew ? Edit.CREATED : Edit.CHANGED, version, command.at());
                });
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome rollBack(RollBackConfiguration command, ContentReader contentReader, SchemaValidator schemaValidator) {
        var versionIndex = versionsOf(command.service());
        if (versionIndex.version() == 0) {
            return ConfigurationErrors.unknown(command.service());
        }
        if (!versionIndex.hasVersion(command.version())) {
            return ConfigurationErrors.unknownVersion(command.service(), command.version(), versionIndex.version());
        }
        var unmet = ConfigurationErrors.checkPrecondition(command.expected(), versionIndex.tag());
        if (unmet.isPresent()) {
            return unmet.get();
        }
        var content = contentReader.at(versionIndex.eventOf(command.version()));
        return violation(versionIndex, content, contentReader, schemaValidator)
                .map(Outcome.class::cast)
                .orElseGet(() -> {
                    if (versionIndex.hasContent(content)) {
                        return new Configured(command.service(), Edit.UNCHANGED, versionIndex.version(), command.at());
                    }
                    int version = versionIndex.version() + 1;
                    AggregateLifecycle.apply(new ConfigurationRolledBack(
                            command.service(), version, command.version(), content, command.at(), command.envelope()));
                    return new Configured(command.service(), Edit.ROLLED_BACK, version, command.at());
                });
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome delete(DeleteConfiguration command) {
        var versionIndex = versionsOf(command.service());
        if (!versionIndex.isPresent()) {
            return ConfigurationErrors.unknown(command.service());
        }
        var unmet = ConfigurationErrors.checkPrecondition(command.expected(), versionIndex.tag());
        if (unmet.isPresent()) {
            return unmet.get();
        }
        AggregateLifecycle.apply(
                new ConfigurationDeleted(command.service(), versionIndex.version(), command.at(), command.envelope()));
        return new Configured(command.service(), Edit.DELETED, versionIndex.version(), command.at());
    }

    /**
     * Declares a schema. The present configuration must conform to it, so that no change is refused because of content
     * that others stored before.
     */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome declare(DeclareSchema command, ContentReader contentReader, SchemaValidator schemaValidator) {
        var versionIndex = versionsOf(command.service());
        boolean isNew = versionIndex.schema() == VersionIndex.NONE;
        return ConfigurationErrors.checkPrecondition(command.expected(), versionIndex.schemaTag())
                .or(() -> ConfigurationErrors.checkCapacity(services, command.service()))
                .or(() -> schemaValidator.ofSchema(command.schema()))
                .or(() -> versionIndex.isPresent()
                        ? schemaValidator.ofContent(
                                command.schema(), contentReader.at(versionIndex.eventOf(versionIndex.version())))
                        : Optional.empty())
                .map(Outcome.class::cast)
                .orElseGet(() -> {
                    if (!isNew && contentReader.at(versionIndex.schema()).equals(command.schema())) {
                        return new Configured(command.service(), Edit.UNCHANGED, versionIndex.revision(), command.at());
                    }
                    int revision = versionIndex.revision() + 1;
                    AggregateLifecycle.apply(new ConfigurationSchemaDeclared(
                            command.service(), revision, command.schema(), command.at(), command.envelope()));
                    return new Configured(
                            command.service(), isNew ? Edit.CREATED : Edit.CHANGED, revision, command.at());
                });
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome drop(DropSchema command) {
        var versionIndex = versionsOf(command.service());
        if (versionIndex.schema() == VersionIndex.NONE) {
            return ConfigurationErrors.unknownSchema(command.service());
        }
        var unmet = ConfigurationErrors.checkPrecondition(command.expected(), versionIndex.schemaTag());
        if (unmet.isPresent()) {
            return unmet.get();
        }
        int revision = versionIndex.revision() + 1;
        AggregateLifecycle.apply(
                new ConfigurationSchemaDropped(command.service(), revision, command.at(), command.envelope()));
        return new Configured(command.service(), Edit.DELETED, revision, command.at());
    }

    @EventSourcingHandler
    void on(ConfigurationStored stored, @SequenceNumber long event) {
        versionsToChange(stored.service()).add(event, stored.content());
    }

    @EventSourcingHandler
    void on(ConfigurationRolledBack rolledBack, @SequenceNumber long event) {
        versionsToChange(rolledBack.service()).add(event, rolledBack.content());
    }

    @EventSourcingHandler
    void on(ConfigurationDeleted deleted) {
        versionsToChange(deleted.service()).delete();
    }

    @EventSourcingHandler
    void on(ConfigurationSchemaDeclared declared, @SequenceNumber long event) {
        versionsToChange(declared.service()).setSchema(declared.revision(), event);
    }

    @EventSourcingHandler
    void on(ConfigurationSchemaDropped dropped) {
        versionsToChange(dropped.service()).setSchema(dropped.revision(), VersionIndex.NONE);
    }

    /** Returns the version indexes by the names of the services. */
    Map<String, VersionIndex> services() {
        return services;
    }

    private VersionIndex versionsOf(String service) {
        return services.getOrDefault(service, new VersionIndex());
    }

    private VersionIndex versionsToChange(String service) {
        return services.computeIfAbsent(service, _ -> new VersionIndex());
    }

    private static Optional<Outcome.Refused> violation(
            VersionIndex versionIndex, String content, ContentReader contentReader, SchemaValidator schemaValidator) {
        return versionIndex.schema() == VersionIndex.NONE
                ? Optional.empty()
                : schemaValidator.ofContent(contentReader.at(versionIndex.schema()), content);
    }

    /** Reads the content of the aggregate's events, which is not kept in memory. */
    @FunctionalInterface
    interface ContentReader {

        /**
         * Returns the configuration or the schema of an event. Blocks.
         *
         * @param sequence sequence number of the event in the aggregate's stream, from 0
         * @throws dev.aicore.discovery.eventstore.StoreUnavailableException if the store can't be read
         */
        String at(long sequence);
    }

    /**
     * Validates schemas, and configurations against schemas. Takes bounded time and memory, and accesses nothing else.
     */
    interface SchemaValidator {

        /** Returns a refusal if a text is not a schema; else empty. */
        Optional<Refused> ofSchema(String schema);

        /** Returns a refusal if a configuration violates a schema; else empty. */
        Optional<Refused> ofContent(String schema, String content);
    }
}
