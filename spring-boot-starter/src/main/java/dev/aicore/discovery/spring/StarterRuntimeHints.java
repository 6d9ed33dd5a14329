package dev.aicore.discovery.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/**
 * Hints for native images: configurations are imported before any bean exists, with properties that are bound by
 * reflection. Spring Boot itself adds those for the classes in {@code spring.factories}.
 */
class StarterRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        BindableRuntimeHintsRegistrar.forTypes(RegistryProperties.class).registerHints(hints);
    }
}
