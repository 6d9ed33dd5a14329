package dev.aicore.discovery.spring.configdata;

import dev.aicore.discovery.client.RegistryRequestException;
import dev.aicore.discovery.client.ServiceConfiguration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MutablePropertySources;

/**
 * Puts a newer version of a configuration into the environment if it can be bound. If not, the old one stays, and the
 * log names version, author and property.
 */
final class ConfigurationUpdate {
    private static final Log LOG = LogFactory.getLog(ConfigurationUpdate.class);

    private final ConfigurableApplicationContext context;
    private final TrialBinding trial;
    private final Consumer<ConfigurationChanged> changed;
    private final BiConsumer<String, String> metadata;
    private final Consumer<ServiceConfiguration> saved;

    /**
     * @param changed receives each version that is in the environment
     * @param metadata receives pairs for the metadata of this instance
     * @param saved receives each version that the next start may use without the registry
     */
    ConfigurationUpdate(
            ConfigurableApplicationContext context,
            Consumer<ConfigurationChanged> changed,
            BiConsumer<String, String> metadata,
            Consumer<ServiceConfiguration> saved) {
        this.context = context;
        this.trial = new TrialBinding(context);
        this.changed = changed;
        this.metadata = metadata;
        this.saved = saved;
    }

    /** Returns the source that is in the environment afterwards: the new one, or the present one after a refusal. */
    synchronized RegistryPropertySource apply(RegistryPropertySource present, ServiceConfiguration next) {
        var replacement = new RegistryPropertySource(next, false);
        var keys = difference(present, replacement);
        var sources = context.getEnvironment().getPropertySources();
        try {
            var candidate = new MutablePropertySources(sources);
            candidate.replace(present.getName(), replacement);
            trial.bind(candidate, keys);
        } catch (BindException e) {
            LOG.error("Version " + next.version() + " of the configuration of " + next.service() + " by "
                    + next.author() + " is refused, version "
                    + present.configuration().version() + " stays: " + cause(e));
            describe("configuration.refused", next.version());
            return present;
        }
        sources.replace(present.getName(), replacement);
        saved.accept(next);
        changed.accept(new ConfigurationChanged(context, next.service(), next.version(), keys));
        describe("configuration.version", next.version());
        return replacement;
    }

    private void describe(String key, long version) {
        try {
            metadata.accept(key, Long.toString(version));
        } catch (RegistryRequestException e) {
            LOG.warn("The metadata of this instance can't be updated: " + e.getMessage());
        }
    }

    private static String cause(BindException e) {
        var root = Objects.requireNonNullElse(e.getCause(), e);
        return e.getMessage() + ": " + root.getMessage();
    }

    private static Set<String> difference(RegistryPropertySource before, RegistryPropertySource after) {
        var keys = new HashSet<>(Set.of(before.getPropertyNames()));
        keys.addAll(Set.of(after.getPropertyNames()));
        keys.removeIf(key -> Objects.equals(before.getProperty(key), after.getProperty(key)));
        return keys;
    }
}
