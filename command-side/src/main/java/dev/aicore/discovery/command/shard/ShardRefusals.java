package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.error.ErrorCode.INSTANCE_DEREGISTERED;
import static dev.aicore.discovery.api.error.ErrorCode.NAME_IMMUTABLE;
import static dev.aicore.discovery.api.error.ErrorCode.NO_ACTIVE_CHECK;
import static dev.aicore.discovery.api.error.ErrorCode.OWNED_BY_ANOTHER;
import static dev.aicore.discovery.api.error.ErrorCode.PRECONDITION_FAILED;
import static dev.aicore.discovery.api.error.ErrorCode.VALIDATION_FAILED;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.instance.InstanceIdGenerator;
import dev.aicore.discovery.api.instance.InstancePrecondition;
import java.util.Objects;
import java.util.Set;

/** Creates the refusals of commands about instances. */
final class ShardRefusals {

    private ShardRefusals() {}

    /** Returns the refusal for an instance that is not present. */
    static Outcome absent(ShardState state, String id, long now) {
        if (state.wasDeregistered(id, now)) {
            return new Outcome.Refused(
                    INSTANCE_DEREGISTERED,
                    "The instance '" + id + "' was deregistered; register it again.",
                    new FieldError("service_id", "was deregistered", id, "the id of a present instance"));
        }
        return Outcome.Refused.unknown(id);
    }

    static Outcome ownedByAnother(Instance instance) {
        return new Outcome.Refused(
                OWNED_BY_ANOTHER,
                "The instance '" + instance.id + "' belongs to another principal than the caller.",
                new FieldError(
                        "service_id", "belongs to another principal", instance.id, "an instance of the caller's own"));
    }

    static Outcome invalidId(String id) {
        return new Outcome.Refused(
                VALIDATION_FAILED,
                "'" + id + "' is not a valid instance id.",
                new FieldError("id", "is not a valid id", id, InstanceIdGenerator.EXPECTED));
    }

    static Outcome nameImmutable(Instance known, String name) {
        return new Outcome.Refused(
                NAME_IMMUTABLE,
                "The instance '" + known.id + "' belongs to service '" + known.service + "' and can't change to '"
                        + name + "'.",
                new FieldError("name", "can't change", name, known.service));
    }

    static Outcome tagMismatch(Instance instance, InstancePrecondition precondition) {
        var tags = String.join(", ", Objects.requireNonNullElse(precondition.tags(), Set.<String>of()));
        return new Outcome.Refused(
                PRECONDITION_FAILED,
                "The instance '" + instance.id + "' now has the entity tag " + instance.tag() + ".",
                new FieldError("If-Match", "has no strong entity tag that matches", tags, instance.tag()));
    }

    static Outcome alreadyRegistered(Instance instance) {
        return new Outcome.Refused(
                PRECONDITION_FAILED,
                "The instance '" + instance.id + "' is registered already, with the entity tag " + instance.tag() + ".",
                new FieldError(
                        "If-None-Match", "requires an unregistered id", instance.tag(), "an id without instance"));
    }

    static Outcome noActiveCheck(Instance instance) {
        return new Outcome.Refused(
                NO_ACTIVE_CHECK,
                "The instance '" + instance.id + "' has no check of type http, tcp, grpc or script.",
                new FieldError("service_id", "has no active check", instance.id, "an instance with an active check"));
    }
}
