package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.api.configuration.ConfigurationBook;
import dev.aicore.discovery.api.configuration.ConfigurationDeleted;
import dev.aicore.discovery.api.configuration.ConfigurationRolledBack;
import dev.aicore.discovery.api.configuration.ConfigurationSchemaDeclared;
import dev.aicore.discovery.api.configuration.ConfigurationSchemaDropped;
import dev.aicore.discovery.api.configuration.ConfigurationStored;
import dev.aicore.discovery.api.configuration.DeclareSchema;
import dev.aicore.discovery.api.configuration.DeleteConfiguration;
import dev.aicore.discovery.api.configuration.DropSchema;
import dev.aicore.discovery.api.configuration.RollBackConfiguration;
import dev.aicore.discovery.api.configuration.StoreConfiguration;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.Outcome.Configured;
import dev.aicore.discovery.api.shard.Outcome.Edit;
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
 * The configurations of all services, in one stream: of two who change one and the same, one comes first. It keeps in memory
 * where each version stands; what it says is read from the store when a decision needs it. A refusal is an outcome.
 */
@AggregateRoot
public final class VersionBook {

    /** There is one book, so that its name is known before its first event. */
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // the framework reads it
    private final String name = ConfigurationBook.NAME;

    private final Map<String, Known> services;

    /** For the framework, which then applies its events to it. */
    VersionBook() {
        this(new HashMap<>());
    }

    /** As a snapshot has it. */
    VersionBook(Map<String, Known> services) {
        this.services = services;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome store(StoreConfiguration asked, Contents contents, SchemaChecks checks) {
        var known = known(asked.service());
        boolean isNew = !known.isPresent();
        return Refusals.unmet(asked.expected(), known.tag())
                .or(() -> Refusals.full(services, asked.service()))
                .or(() -> violation(known, asked.content(), contents, checks))
                .map(Outcome.class::cast)
                .orElseGet(() -> {
                    if (Digest.of(asked.content()).equals(known.digest())) {
                        return new Configured(asked.service(), Edit.UNCHANGED, known.version(), asked.at());
                    }
                    int version = known.version() + 1;
                    AggregateLifecycle.apply(new ConfigurationStored(
                            asked.service(), version, asked.content(), asked.at(), asked.envelope()));
                    return new Configured(asked.service(), isNew ? Edit.CREATED : Edit.CHANGED, version, asked.at());
                });
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome rollBack(RollBackConfiguration asked, Contents contents, SchemaChecks checks) {
        var known = known(asked.service());
        if (known.version() == 0) {
            return Refusals.unknown(asked.service());
        }
        if (!known.hasVersion(asked.version())) {
            return Refusals.unknownVersion(asked.service(), asked.version(), known.version());
        }
        var unmet = Refusals.unmet(asked.expected(), known.tag());
        if (unmet.isPresent()) {
            return unmet.get();
        }
        var content = contents.at(known.eventOf(asked.version()));
        return violation(known, content, contents, checks)
                .map(Outcome.class::cast)
                .orElseGet(() -> {
                    if (Digest.of(content).equals(known.digest())) {
                        return new Configured(asked.service(), Edit.UNCHANGED, known.version(), asked.at());
                    }
                    int version = known.version() + 1;
                    AggregateLifecycle.apply(new ConfigurationRolledBack(
                            asked.service(), version, asked.version(), content, asked.at(), asked.envelope()));
                    return new Configured(asked.service(), Edit.ROLLED_BACK, version, asked.at());
                });
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome delete(DeleteConfiguration asked) {
        var known = known(asked.service());
        if (!known.isPresent()) {
            return Refusals.unknown(asked.service());
        }
        var unmet = Refusals.unmet(asked.expected(), known.tag());
        if (unmet.isPresent()) {
            return unmet.get();
        }
        AggregateLifecycle.apply(
                new ConfigurationDeleted(asked.service(), known.version(), asked.at(), asked.envelope()));
        return new Configured(asked.service(), Edit.DELETED, known.version(), asked.at());
    }

    /** What is there already must be as the schema asks, so that nobody is refused a change for what others wrote before. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome declare(DeclareSchema asked, Contents contents, SchemaChecks checks) {
        var known = known(asked.service());
        boolean isNew = known.schema() == Known.NONE;
        return Refusals.unmet(asked.expected(), known.schemaTag())
                .or(() -> Refusals.full(services, asked.service()))
                .or(() -> checks.ofSchema(asked.schema()))
                .or(() -> known.isPresent()
                        ? checks.ofContent(asked.schema(), contents.at(known.eventOf(known.version())))
                        : Optional.empty())
                .map(Outcome.class::cast)
                .orElseGet(() -> {
                    if (!isNew && contents.at(known.schema()).equals(asked.schema())) {
                        return new Configured(asked.service(), Edit.UNCHANGED, known.revision(), asked.at());
                    }
                    int revision = known.revision() + 1;
                    AggregateLifecycle.apply(new ConfigurationSchemaDeclared(
                            asked.service(), revision, asked.schema(), asked.at(), asked.envelope()));
                    return new Configured(asked.service(), isNew ? Edit.CREATED : Edit.CHANGED, revision, asked.at());
                });
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome drop(DropSchema asked) {
        var known = known(asked.service());
        if (known.schema() == Known.NONE) {
            return Refusals.unknownSchema(asked.service());
        }
        var unmet = Refusals.unmet(asked.expected(), known.schemaTag());
        if (unmet.isPresent()) {
            return unmet.get();
        }
        int revision = known.revision() + 1;
        AggregateLifecycle.apply(
                new ConfigurationSchemaDropped(asked.service(), revision, asked.at(), asked.envelope()));
        return new Configured(asked.service(), Edit.DELETED, revision, asked.at());
    }

    @EventSourcingHandler
    void on(ConfigurationStored stored, @SequenceNumber long event) {
        toChange(stored.service()).add(event, Digest.of(stored.content()));
    }

    @EventSourcingHandler
    void on(ConfigurationRolledBack rolledBack, @SequenceNumber long event) {
        toChange(rolledBack.service()).add(event, Digest.of(rolledBack.content()));
    }

    @EventSourcingHandler
    void on(ConfigurationDeleted deleted) {
        toChange(deleted.service()).delete();
    }

    @EventSourcingHandler
    void on(ConfigurationSchemaDeclared declared, @SequenceNumber long event) {
        toChange(declared.service()).setSchema(declared.revision(), event);
    }

    @EventSourcingHandler
    void on(ConfigurationSchemaDropped dropped) {
        toChange(dropped.service()).setSchema(dropped.revision(), Known.NONE);
    }

    /** What is known of each service, by its name. */
    Map<String, Known> services() {
        return services;
    }

    private Known known(String service) {
        return services.getOrDefault(service, new Known());
    }

    private Known toChange(String service) {
        return services.computeIfAbsent(service, _ -> new Known());
    }

    private static Optional<Outcome.Refused> violation(
            Known known, String content, Contents contents, SchemaChecks checks) {
        return known.schema() == Known.NONE ? Optional.empty() : checks.ofContent(contents.at(known.schema()), content);
    }
}
