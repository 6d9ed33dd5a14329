package dev.aicore.discovery.spring.cloud;

import dev.aicore.discovery.client.Instance;
import dev.aicore.discovery.client.Registration;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;

/**
 * Registration in Spring Cloud's terms. Its metadata may be changed until it is registered, such as by listeners of
 * {@code InstancePreRegisteredEvent}.
 */
public final class RegistryRegistration implements org.springframework.cloud.client.serviceregistry.Registration {
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private volatile Instance declared;
    private volatile @Nullable Registration active;

    /**
     * Creates a registration.
     *
     * @param instance declaration with an address
     */
    public RegistryRegistration(Instance instance) {
        this.declared = instance;
        metadata.putAll(instance.metadata());
    }

    /** Returns the declaration with the present metadata. */
    Instance declaration() {
        var instance = declared;
        for (var pair : metadata.entrySet()) {
            instance = instance.metadata(pair.getKey(), pair.getValue());
        }
        return instance;
    }

    /** Replaces the declaration; metadata that was set before stays. */
    void declare(Instance instance) {
        declared = instance;
        instance.metadata().forEach(metadata::putIfAbsent);
    }

    /** Returns the registration at the registry; null while there is none. */
    @Nullable
    Registration active() {
        return active;
    }

    void activate(@Nullable Registration registration) {
        active = registration;
    }

    @Override
    public @Nullable String getInstanceId() {
        return active != null && active.id() != null ? active.id() : declared.id();
    }

    @Override
    public String getServiceId() {
        return declared.name();
    }

    @Override
    public String getHost() {
        return declared.address() == null ? "" : declared.address();
    }

    @Override
    public int getPort() {
        return declared.port();
    }

    @Override
    public boolean isSecure() {
        return "https".equals(declared.protocol());
    }

    @Override
    public URI getUri() {
        return ServiceInstance.createUri(this);
    }

    @Override
    public String getScheme() {
        return declared.protocol();
    }

    @Override
    public Map<String, String> getMetadata() {
        return metadata;
    }
}
