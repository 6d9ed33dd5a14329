package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.api.health.CompositeCheck;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.config.settings.RegistrationSettings;
import dev.aicore.discovery.web.Choices;
import dev.aicore.discovery.web.HostNormalizer;
import dev.aicore.discovery.web.JsonFields;
import dev.aicore.discovery.web.NameRules;
import dev.aicore.discovery.web.TextConstraint;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Parses the declaration in the body of a request, and collects an error for each invalid field. */
final class DeclarationParser {

    /** Fields of a declaration that may change. */
    static final List<String> CHANGEABLE = List.of(
            "version", "address", "port", "protocol", "weight", "ttl", "health_check", "metadata", "tags", "zone");

    private static final TextConstraint TAG = TextConstraint.nonEmpty(128);
    private static final Choices<String> PROTOCOLS = Choices.ofNames("http", "https", "grpc", "tcp");
    private static final int DEFAULT_WEIGHT = 100;
    private static final int MIN_TTL = 5;
    private static final int MAX_TTL = 86_400;

    private final RegistrationSettings registration;
    private final HealthCheckParser healthChecks;

    DeclarationParser(RegistrationSettings registration, HealthCheckParser healthChecks) {
        this.registration = registration;
        this.healthChecks = healthChecks;
    }

    /**
     * Parses a declaration. Invalid fields are replaced by placeholders, so the fields must be validated before the
     * result is used.
     */
    Declaration read(JsonFields jsonFields) {
        return read(jsonFields, healthChecks.readFrom(jsonFields));
    }

    /**
     * Parses a declaration with a given check, or without check if null; ignores {@code health_check} in the fields.
     */
    Declaration read(JsonFields jsonFields, @Nullable HealthCheck check) {
        jsonFields.allow("health_check");
        int ttl = jsonFields.integerOr("ttl", 0, MAX_TTL, DurationRounding.of(registration.defaultTtl()));
        if (ttl > 0 && ttl < MIN_TTL) {
            jsonFields.reject("ttl", "is too short", MIN_TTL + " to " + MAX_TTL + ", or 0 for no lease");
        } else if (ttl > 0 && check != null && check.checkType().equals(HealthCheck.NONE)) {
            jsonFields.reject("ttl", "must be 0 (no lease), because the health_check is none", "0");
        } else if (ttl == 0 && check == null && jsonFields.has("ttl")) {
            jsonFields.reject("ttl", "is 0 (no lease), and there is no health_check", "a health_check if ttl is 0");
        } else if (ttl == 0 && needsLease(check)) {
            jsonFields.reject(
                    "ttl",
                    "is 0 (no lease), and a ttl check needs heartbeats: a silent instance would never expire",
                    MIN_TTL + " to " + MAX_TTL + ", or a health_check of type http, tcp, grpc or script");
        }
        return new Declaration(
                jsonFields.text("name", NameRules.SERVICE),
                jsonFields.textOr("version", TextConstraint.upTo(128), ""),
                address(jsonFields),
                jsonFields.integer("port", 1, 65_535),
                jsonFields.choiceOr("protocol", PROTOCOLS, "http"),
                jsonFields.integerOr("weight", 0, 65_535, DEFAULT_WEIGHT),
                ttl,
                check,
                jsonFields.stringMap("metadata", 64, 128, 1_024, 16 * 1024),
                jsonFields.stringList("tags", 64, TAG),
                jsonFields.textOr("zone", TextConstraint.upTo(128), ""));
    }

    private static boolean needsLease(@Nullable HealthCheck check) {
        var composite = CompositeCheck.of(check);
        return composite == null ? check != null && check.checkType().equals(HealthCheck.TTL) : composite.needsLease();
    }

    private static String address(JsonFields jsonFields) {
        var written = jsonFields.text("address");
        if (written.isEmpty()) {
            return written;
        }
        var normal = HostNormalizer.normalize(written);
        if (normal == null) {
            jsonFields.reject("address", "is neither an IP address nor a host name", HostNormalizer.EXPECTED);
        }
        return Objects.requireNonNullElse(normal, written);
    }

    /** Rounds settings to the whole seconds of declarations. */
    static final class DurationRounding {

        private DurationRounding() {}

        /** Returns the duration in seconds, rounded up so that an instance never gets less than the setting. */
        static int of(Duration duration) {
            return Math.toIntExact(Math.ceilDiv(duration.toMillis(), 1_000L));
        }
    }
}
