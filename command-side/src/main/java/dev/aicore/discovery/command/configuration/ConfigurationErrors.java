package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.api.Outcome.Refused;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationStream;
import dev.aicore.discovery.api.configuration.ConfigurationPrecondition;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Creates the refusals of the configuration aggregate. */
final class ConfigurationErrors {

    private ConfigurationErrors() {}

    static Refused unknown(String service) {
        return new Refused(
                ErrorCode.UNKNOWN_CONFIGURATION,
                "The service '" + service + "' has no configuration.",
                List.of(new FieldError("service_name", "has no configuration", service, null)));
    }

    static Refused unknownVersion(String service, int version, int last) {
        return new Refused(
                ErrorCode.UNKNOWN_VERSION,
                "The configuration of '" + service + "' has no version " + version + "; its last one is " + last + ".",
                List.of(new FieldError("version", "does not exist", version, "1 to " + last)));
    }

    static Refused unknownSchema(String service) {
        return new Refused(
                ErrorCode.UNKNOWN_SCHEMA,
                "The service '" + service + "' has declared no schema.",
                List.of(new FieldError("service_name", "has no schema", service, null)));
    }

    /** Returns a refusal if the precondition is not met; else empty. */
    static Optional<Refused> checkPrecondition(ConfigurationPrecondition precondition, @Nullable String tag) {
        if (precondition.isMetBy(tag)) {
            return Optional.empty();
        }
        return Optional.of(
                precondition.absent()
                        ? new Refused(
                                ErrorCode.PRECONDITION_FAILED,
                                "The resource already exists.",
                                List.of(new FieldError("If-None-Match", "requires an absent resource", tag, "*")))
                        : new Refused(
                                ErrorCode.PRECONDITION_FAILED,
                                tag == null
                                        ? "The resource does not exist, so no tag matches."
                                        : "The resource was changed: its tag is " + tag + " now.",
                                List.of(new FieldError("If-Match", "does not match", format(precondition), tag))));
    }

    /** Returns a refusal if the maximum number of services is reached; else empty. */
    static Optional<Refused> checkCapacity(Map<String, VersionIndex> services, String service) {
        return services.size() < ConfigurationStream.MAX_SERVICES || services.containsKey(service)
                ? Optional.empty()
                : Optional.of(new Refused(
                        ErrorCode.CONFLICT,
                        "The maximum of " + ConfigurationStream.MAX_SERVICES
                                + " services with a configuration is reached."));
    }

    private static String format(ConfigurationPrecondition precondition) {
        var tags = precondition.tags();
        return tags == null
                ? "*"
                : tags.stream().sorted().limit(3).reduce((a, b) -> a + ", " + b).orElse("");
    }
}
