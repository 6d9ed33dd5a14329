package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.instance.BreakerState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of an {@link ShardCommand}. A refusal is an outcome, not an exception: it must not cost others anything. */
public sealed interface Outcome {

    /**
     * The instance is as was asked.
     *
     * @param change what it took
     * @param version of the declaration
     * @param state how it is now
     * @param registeredAt when it was first registered under its id
     * @param changedAt when a fact last changed anything about it
     * @param heardAt when its lease was last renewed
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

    /** How a registration or an update was met. */
    enum Change {
        /** There was none of that id. */
        CREATED,
        /** Its declaration is another now. */
        UPDATED,
        /** It was as declared already: the lease runs anew. */
        RENEWED,
        /** It had expired or been removed by expiry. */
        REVIVED,
        /** An update found it as it was to become: nothing happened. */
        UNCHANGED
    }

    /**
     * The observation counts.
     *
     * @param revived whether it brought the instance back
     */
    record Renewed(Lease lease, boolean revived) implements Outcome {}

    /** What became of each of several, in the order in which they were asked for. */
    record Batch(List<Outcome> outcomes) implements Outcome {
        public Batch {
            outcomes = List.copyOf(outcomes);
        }
    }

    /** The instance is out. */
    record Deregistered(Lease lease) implements Outcome {}

    /** The picks of a service count from 0 again. */
    record Reset(String service, Instant at) implements Outcome {}

    /**
     * A service is what it was, as far as it could be made that.
     *
     * @param instances what became of those that weren't
     * @param done what each change came to that was done; empty where this is told again, from what was stored
     */
    record Restored(RestorePoint point, List<RestoredInstance> instances, List<Outcome> done) implements Outcome {

        /**
         * One of them.
         *
         * @param came {@code restored}, {@code reverted}, {@code deregistered}, {@code skipped}, or the code of a refusal
         * @param detail why it was refused; null if it wasn't
         */
        public record RestoredInstance(
                String id,
                RestoreAction difference,
                String came,
                @Nullable String detail) {

            /** One that was made what it was, or was left as it is. */
            public static RestoredInstance of(String id, RestoreAction action, boolean undone) {
                return new RestoredInstance(id, action, undone ? action.resultWord() : "skipped", null);
            }
        }

        public Restored {
            instances = List.copyOf(instances);
            done = List.copyOf(done);
        }
    }

    /** The read models go on without that fact. */
    record Dropped(long position, List<String> models, Instant at) implements Outcome {
        public Dropped {
            models = List.copyOf(models);
        }
    }

    /**
     * The registry checks an instance, or doesn't.
     *
     * @param at since when, or when that was found to be so already
     */
    record Monitored(String id, boolean on, Instant at) implements Outcome {}

    /**
     * The report counts.
     *
     * @param breaker how the instance's circuit breaker is now
     */
    record Circuit(String id, BreakerState breaker, Lease lease) implements Outcome {}

    /** Those that the registry is to check, of those that were asked for. */
    record MonitoredInstances(List<MonitoredTarget> targets) implements Outcome {

        /**
         * One of them.
         *
         * @param declaration with a check that is active
         */
        public record MonitoredTarget(String id, Declaration declaration) {}

        public MonitoredInstances {
            targets = List.copyOf(targets);
        }
    }

    /**
     * A service's configuration, or its schema, is as was asked.
     *
     * @param edit what it took
     * @param number the version of the configuration, or the revision of the schema
     * @param at when that was decided, or found to be so already
     */
    record Configured(String service, Edit edit, int number, Instant at) implements Outcome {}

    /** How a change of a configuration, or of its schema, was met. */
    enum Edit {
        /** There was none. */
        CREATED,
        /** It says something else now. */
        CHANGED,
        /** It says what an older version said. */
        ROLLED_BACK,
        /** It said that already: nothing happened. */
        UNCHANGED,
        /** There is none any more. */
        DELETED
    }

    /**
     * The shard has written down who sits where.
     *
     * @param generation how many checkpoints it has taken, this one included
     */
    record Checkpointed(int generation) implements Outcome {}

    /** Where these leases stand now. */
    record Leases(List<Lease> leases) implements Outcome {
        public Leases {
            leases = List.copyOf(leases);
        }
    }

    /**
     * Nothing was changed, and why not.
     *
     * @param errors what is wrong with the request, value by value; may be empty
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

        /** Of what is asked about an id that no instance has. */
        public static Refused unknown(String id) {
            return new Refused(
                    ErrorCode.UNKNOWN_INSTANCE,
                    "No instance has the id '" + id + "'; register it first.",
                    new FieldError("service_id", "names no present instance", id, "the id of a present instance"));
        }

        /** Of what is asked about an id that another service has. */
        public static Refused ofAnotherService(String id) {
            return new Refused(
                    ErrorCode.NAME_IMMUTABLE,
                    "The id '" + id + "' is one of another service; an instance can't change its service.",
                    new FieldError("id", "is one of another service", id, "an id that no other service has"));
        }
    }
}
