package dev.aicore.discovery.spring.configdata;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataResource;

/** Configuration of a service at the registry, in its newest or in a fixed version. */
final class RegistryConfigResource extends ConfigDataResource {
    private static final String VERSION = "version=";

    private final String service;
    private final @Nullable Long version;
    private final boolean ofProfile;

    private RegistryConfigResource(String service, @Nullable Long version, boolean ofProfile) {
        this.service = service;
        this.version = version;
        this.ofProfile = ofProfile;
    }

    /**
     * Parses a location without its prefix.
     *
     * @param location empty, or a name with an optional version, such as {@code shared?version=12}
     * @param application name for an empty location
     * @throws IllegalArgumentException if it has another form
     */
    static RegistryConfigResource parse(String location, String application) {
        var query = location.indexOf('?');
        var name = query < 0 ? location : location.substring(0, query);
        var service = name.isEmpty() ? application : name;
        if (query < 0) {
            return new RegistryConfigResource(service, null, false);
        }
        var option = location.substring(query + 1);
        if (!option.matches(VERSION + "[1-9][0-9]{0,17}")) {
            throw new IllegalArgumentException("Invalid location of a configuration: service-discovery:" + location
                    + " (expected: service-discovery:NAME or service-discovery:NAME?version=NUMBER)");
        }
        return new RegistryConfigResource(service, Long.valueOf(option.substring(VERSION.length())), false);
    }

    /** Returns the configuration of a profile, which may be absent. A fixed version has none. */
    RegistryConfigResource ofProfile(String profile) {
        return new RegistryConfigResource(service + "-" + profile, null, true);
    }

    String service() {
        return service;
    }

    /** Returns the fixed version; null for the newest one. */
    @Nullable
    Long version() {
        return version;
    }

    boolean isOfProfile() {
        return ofProfile;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RegistryConfigResource that
                && service.equals(that.service)
                && Objects.equals(version, that.version);
    }

    @Override
    public int hashCode() {
        return service.hashCode();
    }

    @Override
    public String toString() {
        return "configuration of " + service + (version == null ? "" : ", version " + version);
    }
}
