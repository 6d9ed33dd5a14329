package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.HealthCheck;
import dev.aicore.discovery.config.settings.RegistrationSettings;
import dev.aicore.discovery.config.web.Fields;
import dev.aicore.discovery.config.web.Hosts;
import dev.aicore.discovery.config.web.Text;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a declaration from the body of a request, and says of each field what is wrong with it. */
final class DeclarationForm {

    /** The fields of a declaration that may change. */
    static final List<String> CHANGEABLE = List.of(
            "version", "address", "port", "protocol", "weight", "ttl", "health_check", "metadata", "tags", "zone");

    private static final Text TAG = Text.filled(128);
    private static final Map<String, String> PROTOCOLS =
            Map.of("http", "http", "https", "https", "grpc", "grpc", "tcp", "tcp");
    private static final int DEFAULT_WEIGHT = 100;
    private static final int SHORTEST_TTL = 5;
    private static final int LONGEST_TTL = 86_400;

    private final RegistrationSettings registration;
    private final HealthCheckForm healthChecks;

    DeclarationForm(RegistrationSettings registration, HealthCheckForm healthChecks) {
        this.registration = registration;
        this.healthChecks = healthChecks;
    }

    /** What it says; placeholders stand for what is wrong, so ask the fields before it is used. */
    Declaration read(Fields fields) {
        return read(fields, healthChecks.readFrom(fields));
    }

    /** The same with that check, whatever the fields say of it. */
    Declaration read(Fields fields, @Nullable HealthCheck check) {
        fields.allow("health_check");
        int ttl = fields.integerOr("ttl", 0, LONGEST_TTL, WholeSeconds.of(registration.defaultTtl()));
        if (ttl > 0 && ttl < SHORTEST_TTL) {
            fields.reject("ttl", "is too short", SHORTEST_TTL + " to " + LONGEST_TTL + ", or 0 for no lease");
        } else if (ttl == 0 && check == null && fields.has("ttl")) {
            fields.reject("ttl", "is 0, no lease, and there is no health_check", "a health_check beside ttl 0");
        } else if (ttl == 0 && check != null && check.checkType().equals("ttl")) {
            fields.reject(
                    "ttl",
                    "is 0, no lease, and a health_check of type ttl waits to be told: one that falls silent would stay for ever",
                    SHORTEST_TTL + " to " + LONGEST_TTL + ", or a health_check of type http, tcp, grpc or script");
        }
        return new Declaration(
                fields.text("name", Names.SERVICE),
                fields.textOr("version", Text.upTo(128), ""),
                address(fields),
                fields.integer("port", 1, 65_535),
                fields.choiceOr("protocol", PROTOCOLS, "http"),
                fields.integerOr("weight", 0, 65_535, DEFAULT_WEIGHT),
                ttl,
                check,
                fields.stringMap("metadata", 64, 128, 1_024, 16 * 1024),
                fields.stringList("tags", 64, TAG),
                fields.textOr("zone", Text.upTo(128), ""));
    }

    private static String address(Fields fields) {
        var written = fields.text("address");
        if (written.isEmpty()) {
            return written;
        }
        var normal = Hosts.normal(written);
        if (normal == null) {
            fields.reject("address", "is neither an IP address nor a host name", Hosts.EXPECTED);
        }
        return Objects.requireNonNullElse(normal, written);
    }
}
