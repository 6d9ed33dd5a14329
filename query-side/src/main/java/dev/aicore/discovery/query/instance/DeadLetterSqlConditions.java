package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.readmodel.ModelTable;
import java.time.Duration;

/**
 * SQL conditions on the dead letters of {@code instances}: facts that couldn't be folded, and the facts that wait for
 * them. The rows of an instance with a dead letter are outdated, so such an instance is never returned to callers that
 * connect to it.
 */
public final class DeadLetterSqlConditions {

    private static final String OF_MODEL = "SELECT %s FROM " + ModelTable.PARKED_FACTS
            + " parked WHERE parked.projection = 'instances'" + " AND parked.instance_id = %s";

    /** Suggested delay before a retry. It is unknown when an operator will resolve the dead letter. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private DeadLetterSqlConditions() {}

    /**
     * Returns the condition that an instance has a dead letter.
     *
     * @param id SQL expression of the instance's id
     */
    public static String exist(String id) {
        return "EXISTS (" + OF_MODEL.formatted("", id) + ")";
    }

    /**
     * Returns the condition that an instance has a dead letter up to a position. Both arguments are SQL expressions.
     */
    public static String exist(String id, String upTo) {
        return "EXISTS (" + OF_MODEL.formatted("", id) + " AND parked.position <= " + upTo + ")";
    }

    /** Returns an SQL expression for the position of an instance's first dead letter; null if there is none. */
    public static String first(String id) {
        return "(" + OF_MODEL.formatted("min(parked.position)", id) + ")";
    }

    /**
     * Returns the error of a read that can't be answered because of a dead letter.
     *
     * @param subject the instance or service, as it appears in the message
     * @param position of the dead letter
     */
    public static RegistryException refusal(String subject, long position) {
        return new RegistryException(
                ErrorCode.NOT_YET_VISIBLE,
                "The fact at position " + position + " about " + subject
                        + " could not be folded into the read model: it is parked until an operator retries it.",
                RETRY_AFTER);
    }

    /**
     * Returns an SQL expression for the position of an instance's first dead letter up to a position; null if there is
     * none.
     */
    public static String first(String id, String upTo) {
        return "(" + OF_MODEL.formatted("min(parked.position)", id) + " AND parked.position <= " + upTo + ")";
    }
}
