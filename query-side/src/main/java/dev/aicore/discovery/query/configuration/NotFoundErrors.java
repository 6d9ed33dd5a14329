package dev.aicore.discovery.query.configuration;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;

/** Creates the errors for configurations, versions and schemas that don't exist. */
final class NotFoundErrors {

    private NotFoundErrors() {}

    /**
     * Creates the error for a missing configuration.
     *
     * @param index position of the last change; 0 if there never was a configuration
     */
    static RegistryException configuration(String service, long index) {
        return new RegistryException(
                ErrorCode.UNKNOWN_CONFIGURATION,
                index == 0
                        ? "The service '" + service + "' has never had a configuration."
                        : "The configuration of '" + service + "' was deleted; its versions are at"
                                + " /api/v1/configurations/" + service + "/versions.",
                new FieldError("service_name", "has no configuration", service, null));
    }

    static RegistryException version(String service, int version) {
        return new RegistryException(
                ErrorCode.UNKNOWN_VERSION,
                "The configuration of '" + service + "' has no version " + version + ".",
                new FieldError("version", "does not exist", version, null));
    }

    static RegistryException schema(String service) {
        return new RegistryException(
                ErrorCode.UNKNOWN_SCHEMA,
                "The service '" + service + "' has declared no schema.",
                new FieldError("service_name", "has no schema", service, null));
    }
}
