package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.web.Query;

/** Parameters that the API knows and this version does not serve yet: refused, since to ignore them would answer falsely. */
public final class Planned {

    private Planned() {}

    /** Fails with {@code planned} if the query has one of these. */
    public static void refuse(Query query, String... parameters) {
        for (String parameter : parameters) {
            if (query.has(parameter)) {
                throw refusal(parameter, "The parameter '" + parameter + "' is planned and not built yet.");
            }
        }
    }

    /** What to answer where a parameter's value is planned. */
    public static RegistryException refusal(String parameter, String sentence) {
        return new RegistryException(
                ErrorCode.PLANNED, sentence, new FieldError(parameter, "is not served by this version", null, null));
    }
}
