package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.web.ApiJson;
import dev.aicore.discovery.web.NameRules;
import dev.aicore.discovery.web.TextConstraint;
import java.time.Instant;
import java.util.Optional;

/** Validation rules for names in queries. */
public final class QueryNameRules {

    /** Rule for service names: that of {@link NameRules}, in the words of the errors of queries. */
    public static final TextConstraint SERVICE = TextConstraint.matching(
            NameRules::isService,
            "1 to 128 characters of A-Z, a-z, 0-9 and . _ - that begin and end with a letter or digit");

    private QueryNameRules() {}

    /**
     * Returns the value found for a present instance.
     *
     * @throws RegistryException {@code unknown_instance} if nothing was found
     */
    public static <T> T requirePresent(String id, Optional<T> found) {
        return found.orElseThrow(() -> new RegistryException(
                ErrorCode.UNKNOWN_INSTANCE,
                "The instance '" + id + "' is not registered; its history, if any, is at /api/v1/services/" + id
                        + "/history.",
                new FieldError("service_id", "is not a present instance", id, "the id of a present instance")));
    }

    /**
     * Returns the value found for an instance that was present at a point in time.
     *
     * @throws RegistryException {@code unknown_instance} if nothing was found
     */
    static <T> T requirePresentAt(String id, Optional<T> found, Instant at) {
        return found.orElseThrow(() -> new RegistryException(
                ErrorCode.UNKNOWN_INSTANCE,
                "The instance '" + id + "' was not registered at " + ApiJson.format(at) + "; its history, if any, is at"
                        + " /api/v1/services/" + id + "/history.",
                new FieldError("service_id", "is not an instance at that time", id, "the id of an instance")));
    }
}
