package dev.aicore.discovery.spring.configdata;

import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.handler.IgnoreTopLevelConverterNotFoundBindHandler;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.PropertySources;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.Validated;

/** Binds changed properties to new instances of the application's {@code @ConfigurationProperties}, on trial. */
final class TrialBinding {
    private final ApplicationContext context;

    TrialBinding(ApplicationContext context) {
        this.context = context;
    }

    /**
     * Binds and validates everything below which a property has changed. No bean of the application is touched.
     *
     * @param sources all sources, with the new version among them
     * @throws BindException if a value has the wrong type or violates a constraint
     */
    void bind(PropertySources sources, Set<String> changedKeys) {
        var changed = changedKeys.stream()
                .map(key -> ConfigurationPropertyName.adapt(key, '.'))
                .toList();
        var binder = new Binder(
                ConfigurationPropertySources.from(sources), new PropertySourcesPlaceholdersResolver(sources));
        ConfigurationPropertiesBean.getAll(context).values().stream()
                .filter(bean -> isAffected(bean, changed))
                .forEach(bean -> bind(binder, bean));
    }

    private static boolean isAffected(ConfigurationPropertiesBean bean, List<ConfigurationPropertyName> changed) {
        var prefix = ConfigurationPropertyName.of(bean.getAnnotation().prefix());
        return changed.stream().anyMatch(name -> prefix.equals(name) || prefix.isAncestorOf(name));
    }

    private void bind(Binder binder, ConfigurationPropertiesBean bean) {
        var known = bean.asBindTarget();
        Bindable<?> fresh = Bindable.of(known.getType()).withAnnotations(known.getAnnotations());
        if (known.getBindMethod() != null) {
            fresh = fresh.withBindMethod(known.getBindMethod());
        }
        binder.bind(bean.getAnnotation().prefix(), fresh, handler(known));
    }

    private BindHandler handler(Bindable<?> target) {
        var handler = new IgnoreTopLevelConverterNotFoundBindHandler();
        return target.getAnnotation(Validated.class) == null
                ? handler
                : new ValidationBindHandler(
                        handler,
                        context.getBeanProvider(Validator.class).stream().toArray(Validator[]::new));
    }
}
