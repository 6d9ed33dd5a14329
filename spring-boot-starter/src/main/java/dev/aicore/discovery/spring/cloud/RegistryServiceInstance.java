package dev.aicore.discovery.spring.cloud;

import dev.aicore.discovery.client.RegisteredInstance;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.cloud.client.ServiceInstance;

/**
 * Instance of a service as Spring Cloud sees it. Its metadata also contains {@code zone} and {@code weight}, by which
 * Spring Cloud's own suppliers filter and weigh, and {@code version}; keys of the instance itself win.
 *
 * @param instance instance as the registry reported it
 */
public record RegistryServiceInstance(RegisteredInstance instance) implements ServiceInstance {

    @Override
    public String getInstanceId() {
        return instance.id();
    }

    @Override
    public String getServiceId() {
        return instance.service();
    }

    @Override
    public String getHost() {
        return instance.address().indexOf(':') < 0 ? instance.address() : "[" + instance.address() + "]";
    }

    @Override
    public int getPort() {
        return instance.port();
    }

    @Override
    public boolean isSecure() {
        return "https".equals(instance.protocol());
    }

    @Override
    public URI getUri() {
        return instance.uri();
    }

    @Override
    public String getScheme() {
        return instance.protocol();
    }

    @Override
    public Map<String, String> getMetadata() {
        var metadata = new LinkedHashMap<String, String>();
        metadata.put("weight", Integer.toString(instance.weight()));
        if (!instance.zone().isEmpty()) {
            metadata.put("zone", instance.zone());
        }
        if (!instance.version().isEmpty()) {
            metadata.put("version", instance.version());
        }
        metadata.putAll(instance.metadata());
        return metadata;
    }

    /** Compares identity, not state: a changed instance is still the one that was tried before. */
    @Override
    public boolean equals(Object other) {
        return other instanceof RegistryServiceInstance that
                && instance.id().equals(that.instance.id())
                && instance.service().equals(that.instance.service());
    }

    @Override
    public int hashCode() {
        return instance.id().hashCode();
    }
}
