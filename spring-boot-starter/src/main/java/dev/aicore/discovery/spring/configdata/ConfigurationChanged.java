package dev.aicore.discovery.spring.configdata;

import java.util.Set;
import org.springframework.context.ApplicationEvent;

/** A newer version of an imported configuration is in the environment. */
public final class ConfigurationChanged extends ApplicationEvent {
    private static final long serialVersionUID = 1L;

    private final String service;
    private final long version;
    private final transient Set<String> keys;

    ConfigurationChanged(Object source, String service, long version, Set<String> keys) {
        super(source);
        this.service = service;
        this.version = version;
        this.keys = Set.copyOf(keys);
    }

    /** Returns the name of the configuration. */
    public String service() {
        return service;
    }

    /** Returns the number of the new version. */
    public long version() {
        return version;
    }

    /** Returns the properties that were added, changed or removed. */
    public Set<String> keys() {
        return keys;
    }
}
