package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;

/** Creates the refusals of this dialect. */
final class EurekaErrors {

    private EurekaErrors() {}

    /** Returns a refusal with status 400, whose text is the whole body. */
    static RegistryException invalid(String text) {
        return new RegistryException(ErrorCode.VALIDATION_FAILED, text);
    }

    static RegistryException unreadable(String text) {
        return new RegistryException(ErrorCode.MALFORMED_JSON, text);
    }

    static RegistryException unknown(String app, String id) {
        return new RegistryException(
                ErrorCode.UNKNOWN_INSTANCE, "There is no instance '" + id + "' of the application '" + app + "'.");
    }

    static RegistryException notFound() {
        return new RegistryException(ErrorCode.NOT_FOUND, "There is no such application or instance.");
    }
}
