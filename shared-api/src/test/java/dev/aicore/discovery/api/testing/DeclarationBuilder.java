package dev.aicore.discovery.api.testing;

import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.instance.Declaration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds declarations; a test names only the values that it depends on. */
public final class DeclarationBuilder {

    private String name;
    private String version;
    private String address;
    private int port;
    private String protocol;
    private int weight;
    private int ttl;
    private @Nullable HealthCheck healthCheck;
    private Map<String, String> metadata;
    private List<String> tags;
    private String zone;

    private DeclarationBuilder(Declaration from) {
        name = from.name();
        version = from.version();
        address = from.address();
        port = from.port();
        protocol = from.protocol();
        weight = from.weight();
        ttl = from.ttl();
        healthCheck = from.healthCheck();
        metadata = from.metadata();
        tags = from.tags();
        zone = from.zone();
    }

    /** Returns a builder of version 1.0.0 at 10.0.0.1:8080 with weight 100, a ttl of 30 s and no optional parts. */
    public static DeclarationBuilder aDeclaration(String service) {
        return aDeclarationLike(
                new Declaration(service, "1.0.0", "10.0.0.1", 8080, "http", 100, 30, null, Map.of(), List.of(), ""));
    }

    /** Returns a builder that begins with the values of another declaration. */
    public static DeclarationBuilder aDeclarationLike(Declaration from) {
        return new DeclarationBuilder(from);
    }

    public DeclarationBuilder version(String value) {
        version = value;
        return this;
    }

    public DeclarationBuilder address(String value) {
        address = value;
        return this;
    }

    public DeclarationBuilder port(int value) {
        port = value;
        return this;
    }

    public DeclarationBuilder protocol(String value) {
        protocol = value;
        return this;
    }

    public DeclarationBuilder weight(int value) {
        weight = value;
        return this;
    }

    public DeclarationBuilder ttl(int seconds) {
        ttl = seconds;
        return this;
    }

    public DeclarationBuilder healthCheck(@Nullable HealthCheck value) {
        healthCheck = value;
        return this;
    }

    public DeclarationBuilder metadata(Map<String, String> value) {
        metadata = value;
        return this;
    }

    public DeclarationBuilder tags(String... value) {
        tags = List.of(value);
        return this;
    }

    public DeclarationBuilder zone(String value) {
        zone = value;
        return this;
    }

    public Declaration build() {
        return new Declaration(name, version, address, port, protocol, weight, ttl, healthCheck, metadata, tags, zone);
    }
}
