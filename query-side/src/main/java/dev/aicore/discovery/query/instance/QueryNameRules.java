package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.instance.InstanceIdGenerator;
import dev.aicore.discovery.web.ApiJson;
import dev.aicore.discovery.web.TextConstraint;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** What callers may ask for by name. */
public final class QueryNameRules {

    /** An instance's id. */
    public static final TextConstraint ID =
            TextConstraint.matching(InstanceIdGenerator::isId, InstanceIdGenerator.EXPECTED);

    private static final Pattern SERVICE_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,126}[A-Za-z0-9])?");

    /** A service's name. */
    public static final TextConstraint SERVICE = TextConstraint.matching(
            SERVICE_NAME, "1 to 128 characters of A-Z, a-z, 0-9 and . _ - that begin and end with a letter or digit");

    private QueryNameRules() {}

    /**
     * What was found of a present instance.
     *
     * @throws RegistryException if nothing was
     */
    public static <T> T present(String id, Optional<T> found) {
        return found.orElseThrow(() -> new RegistryException(
                ErrorCode.UNKNOWN_INSTANCE,
                "There is no instance '" + id + "' now; its history, if it has one, is at /api/v1/services/" + id
                        + "/history.",
                new FieldError("service_id", "names no present instance", id, "the id of a present instance")));
    }

    /**
     * What was found of an instance that was present at a moment.
     *
     * @throws RegistryException if nothing was
     */
    static <T> T presentAt(String id, Optional<T> found, Instant at) {
        return found.orElseThrow(() -> new RegistryException(
                ErrorCode.UNKNOWN_INSTANCE,
                "There was no instance '" + id + "' at " + ApiJson.text(at) + "; its history, if it has one, is at"
                        + " /api/v1/services/" + id + "/history.",
                new FieldError("service_id", "names no instance of that moment", id, "the id of an instance")));
    }

    static boolean isService(String text) {
        return SERVICE_NAME.matcher(text).matches();
    }
}
