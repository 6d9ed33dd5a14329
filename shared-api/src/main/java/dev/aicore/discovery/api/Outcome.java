package dev.aicore.discovery.api;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.lease.Lease;
import dev.aicore.discovery.api.restore.RestoreAction;
import dev.aicore.discovery.api.restore.RestoreServiceInstances.RestorePoint;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Outcome of a {@link ShardCommand}. A refusal is an outcome and not an exception, because an exception would fail the
 * other commands of the batch.
 */
public sealed interface Outcome {

    /**
     * The instance is stored as requested.
     *
     * @param change kind of the change
     * @param version version of the declaration
     * @param state the states of the instance after the command
     * @param registeredAt the time of the first registration of the id
     * @param changedAt the time of the last fact that changed the instance
     * @param heardAt the time of the last lease renewal
     */
    record Stored(
            Change change,
            String owner,
            int version,
            Declaration declaration,
            InstanceState state,
            Instant registeredAt,
            Instant changedAt,
            Instant heardAt,
            Lease lease)
            implements Outcome {}

    /** Result of a registration or an update. */
    enum Change {
        /** No instance had the id. */
        CREATED,
        /** The declaration or the admin state changed. */
        UPDATED,
        /** The declaration was unchanged, and the lease was renewed. */
        RENEWED,
        /** The instance was expired or removed by expiry and was revived. */
        REVIVED,
        /** An update changed nothing. */
        UNCHANGED
    }

    /**
     * The heartbeat or the check result was recorded.
     *
     * @param revived true if the observation revived the instance
     */
    record Renewed(Lease lease, boolean revived) implements Outcome {}

    /** Outcomes of several heartbeats, in the order of the request. */
    record Batch(List<Outcome> outcomes) implements Outcome {
        public Batch {
            outcomes = List.copyOf(outcomes);
        }
    }

    /** The instance is deregistered. */
    record Deregistered(Lease lease) implements Outcome {}

    /** The picks of a service were reset to 0. */
    record Reset(String service, Instant at) implements Outcome {}

    /**
     * The service was restored, as far as its changes were accepted.
     *
     * @param instances results of the instances that differed
     * @param done outcomes of the accepted changes; empty if the outcome was read from a stored reply, or is a preview
     */
    record Restored(RestorePoint point, List<RestoredInstance> instances, List<Outcome> done) implements Outcome {

        /**
         * Result of one instance.
         *
         * @param came {@code restored}, {@code reverted}, {@code deregistered}, {@code skipped}, or the code of a
         *     refusal
         * @param detail the reason of the refusal; null if there was no refusal
         */
        public record RestoredInstance(
                String id,
                RestoreAction difference,
                String came,
                @Nullable String detail) {

            /** Returns the result of an instance that was restored, or was skipped. */
            public static RestoredInstance of(String id, RestoreAction action, boolean undone) {
                return new RestoredInstance(id, action, undone ? action.resultWord() : "skipped", null);
            }
        }

        public Restored {
            instances = List.copyOf(instances);
            done = List.copyOf(done);
        }
    }

    /** The dead letter is dropped, and the read models go on without the fact. */
    record Dropped(long position, List<String> models, Instant at) implements Outcome {
        public Dropped {
            models = List.copyOf(models);
        }
    }

    /**
     * The checks of an instance were started or stopped.
     *
     * @param at the time of the change, or of this command if nothing changed
     */
    record Monitored(String id, boolean on, Instant at) implements Outcome {}

    /**
     * The call report was recorded.
     *
     * @param breaker state of the instance's circuit breaker after the report
     */
    record Circuit(String id, BreakerState breaker, Lease lease) implements Outcome {}

    /** Instances that the registry has to check, among the requested instances. */
    record MonitoredInstances(List<MonitoredTarget> targets) implements Outcome {

        /**
         * Instance to check.
         *
         * @param declaration a declaration with an active check
         */
        public record MonitoredTarget(String id, Declaration declaration) {}

        public MonitoredInstances {
            targets = List.copyOf(targets);
        }
    }

    /**
     * The configuration or the schema of a service, or a key of the key/value store, is stored as requested.
     *
     * @param service name of the service; the key, or the prefix of the deleted keys
     * @param edit kind of the change
     * @param number version of the configuration or the key, or revision of the schema; the number of deleted keys
     * @param at the time of the decision
     */
    record Configured(String service, Edit edit, int number, Instant at) implements Outcome {}

    /** Result of a change of a configuration or a schema. */
    enum Edit {
        /** None existed before. */
        CREATED,
        /** The content changed. */
        CHANGED,
        /** The content of an older version was restored. */
        ROLLED_BACK,
        /** The content was the same already, and nothing happened. */
        UNCHANGED,
        /** It was deleted. */
        DELETED
    }

    /**
     * The shard took a checkpoint.
     *
     * @param generation number of checkpoints of the shard, including this one
     */
    record Checkpointed(int generation) implements Outcome {}

    /** Current states of leases. */
    record Leases(List<Lease> leases) implements Outcome {
        public Leases {
            leases = List.copyOf(leases);
        }
    }

    /**
     * The command was refused, and nothing changed.
     *
     * @param errors the invalid values of the request; may be empty
     */
    record Refused(ErrorCode code, String detail, List<FieldError> errors) implements Outcome {
        public Refused {
            errors = List.copyOf(errors);
        }

        public Refused(ErrorCode code, String detail) {
            this(code, detail, List.of());
        }

        public Refused(ErrorCode code, String detail, FieldError error) {
            this(code, detail, List.of(error));
        }

        /** Returns the refusal of a command about an id that no instance has. */
        public static Refused unknown(String id) {
            return new Refused(
                    ErrorCode.UNKNOWN_INSTANCE,
                    "No instance has the id '" + id + "'; register it first.",
                    new FieldError("service_id", "names no present instance", id, "the id of a present instance"));
        }

        /** Returns the refusal of a command about an id that belongs to another service. */
        public static Refused ofAnotherService(String id) {
            return new Refused(
                    ErrorCode.NAME_IMMUTABLE,
                    "The id '" + id + "' belongs to another service; an instance can't change its service.",
                    new FieldError("id", "belongs to another service", id, "an id that no other service uses"));
        }
    }
}
