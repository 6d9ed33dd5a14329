package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.Outcome.Configured;
import dev.aicore.discovery.api.Outcome.Edit;
import dev.aicore.discovery.api.Outcome.Refused;
import dev.aicore.discovery.api.configuration.ConfigurationKey;
import dev.aicore.discovery.api.configuration.KeyValueCommand.DeleteKeyValue;
import dev.aicore.discovery.api.configuration.KeyValueCommand.DeleteKeyValues;
import dev.aicore.discovery.api.configuration.KeyValueCommand.StoreKeyValue;
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueDeleted;
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueStored;
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueStream;
import dev.aicore.discovery.api.error.ErrorCode;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/**
 * Aggregate of all keys of the key/value store, in one event stream, so that concurrent changes have an order, and all
 * keys below a prefix can be deleted together. Values aren't kept in memory. A refusal is an outcome.
 */
@AggregateRoot
public final class KeyValueAggregate {

    /** Maximum number of keys that one command deletes; each is an event of the same commit. */
    static final int MAX_DELETED_KEYS = 1_000;

    /** Known before the first event, since there is only one aggregate of this type. */
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private final String name = KeyValueStream.NAME;

    private final KeyValueIndex index;

    /** Creates an empty aggregate, to which Axon applies its events. */
    KeyValueAggregate() {
        this(new KeyValueIndex());
    }

    /** Creates an aggregate with the state of a snapshot. */
    KeyValueAggregate(KeyValueIndex index) {
        this.index = index;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome store(StoreKeyValue command, KeyValueQuotaPolicy quotaPolicy) {
        var present = index.get(command.key());
        int bytes = KeyValueIndex.size(command.key(), command.value());
        return checkKey(command.key())
                .or(() -> ConfigurationErrors.checkPrecondition(command.expected(), KeyValueIndex.tag(present)))
                .or(() -> quotaPolicy.check(
                        index, present, bytes, command.envelope().actor()))
                .map(Outcome.class::cast)
                .orElseGet(() -> {
                    if (present != null && present.hasValue(command.flags(), command.value())) {
                        return new Configured(command.key(), Edit.UNCHANGED, present.version(), command.at());
                    }
                    int version = index.lastVersion() + 1;
                    AggregateLifecycle.apply(new KeyValueStored(
                            command.key(),
                            version,
                            present == null ? 0 : present.version(),
                            command.flags(),
                            command.value(),
                            command.at(),
                            command.envelope()));
                    return new Configured(
                            command.key(), present == null ? Edit.CREATED : Edit.CHANGED, version, command.at());
                });
    }

    /** Deletes a key. A key that doesn't exist is as good as deleted, whatever the command expects. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome delete(DeleteKeyValue command) {
        var present = index.get(command.key());
        if (present == null) {
            return new Configured(command.key(), Edit.UNCHANGED, 0, command.at());
        }
        var unmet = ConfigurationErrors.checkPrecondition(command.expected(), KeyValueIndex.tag(present));
        if (unmet.isPresent()) {
            return unmet.get();
        }
        AggregateLifecycle.apply(
                new KeyValueDeleted(command.key(), present.version(), command.at(), command.envelope()));
        return new Configured(command.key(), Edit.DELETED, present.version(), command.at());
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome deleteAll(DeleteKeyValues command) {
        var found = index.startingWith(command.prefix());
        if (found.size() > MAX_DELETED_KEYS) {
            return new Refused(
                    ErrorCode.VALIDATION_FAILED,
                    "The prefix has " + found.size() + " keys; at most " + MAX_DELETED_KEYS
                            + " are deleted at once. Delete its folders one by one.");
        }
        found.forEach(entry -> AggregateLifecycle.apply(
                new KeyValueDeleted(entry.getKey(), entry.getValue().version(), command.at(), command.envelope())));
        return new Configured(
                command.prefix(), found.isEmpty() ? Edit.UNCHANGED : Edit.DELETED, found.size(), command.at());
    }

    @EventSourcingHandler
    void on(KeyValueStored stored) {
        index.apply(stored);
    }

    @EventSourcingHandler
    void on(KeyValueDeleted deleted) {
        index.apply(deleted);
    }

    KeyValueIndex index() {
        return index;
    }

    /** Refuses the keys of configurations, which have another aggregate. */
    private static Optional<Refused> checkKey(String key) {
        return ConfigurationKey.serviceOf(key) == null
                ? Optional.empty()
                : Optional.of(new Refused(ErrorCode.VALIDATION_FAILED, "The key is that of a configuration."));
    }
}
