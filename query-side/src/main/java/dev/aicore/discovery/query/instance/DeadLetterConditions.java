package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.time.Duration;

/**
 * Conditions of statements on facts that couldn't be folded into {@code instances}, and on those that wait for them. What the rows of such
 * an instance say isn't true any more: they are told to nobody who connects by them.
 */
public final class DeadLetterConditions {

    private static final String OF_MODEL =
            "SELECT %s FROM models.parked_facts parked WHERE parked.projection = 'instances'"
                    + " AND parked.instance_id = %s";

    /** Nobody knows when somebody mends it. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private DeadLetterConditions() {}

    /** Whether there is one of the instance with this id, which is a part of a statement. */
    public static String exist(String id) {
        return "EXISTS (" + OF_MODEL.formatted("", id) + ")";
    }

    /** The same of those up to a position. */
    public static String exist(String id, String upTo) {
        return "EXISTS (" + OF_MODEL.formatted("", id) + " AND parked.position <= " + upTo + ")";
    }

    /** The position of the first of an instance, null if there is none. */
    public static String first(String id) {
        return "(" + OF_MODEL.formatted("min(parked.position)", id) + ")";
    }

    /** What a read is refused with that would have to tell what isn't known, at a position, of such an instance or service. */
    public static RegistryException refusal(String whose, long position) {
        return new RegistryException(
                ErrorCode.NOT_YET_VISIBLE,
                "The fact at position " + position + " about " + whose
                        + " could not be taken into the read model: it is parked until an operator has it retried.",
                RETRY_AFTER);
    }

    /** The same up to a position. */
    public static String first(String id, String upTo) {
        return "(" + OF_MODEL.formatted("min(parked.position)", id) + " AND parked.position <= " + upTo + ")";
    }
}
