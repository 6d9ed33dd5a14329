package dev.aicore.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.support.SpringFactoriesLoader;

class StarterRuntimeHintsTest {

    @Test
    void hints_includeTheProperties() {
        var hints = new RuntimeHints();
        SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
                .load(RuntimeHintsRegistrar.class)
                .stream()
                .filter(StarterRuntimeHints.class::isInstance)
                .forEach(registrar -> registrar.registerHints(hints, getClass().getClassLoader()));

        assertThat(RuntimeHintsPredicates.reflection().onType(RegistryProperties.class))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onType(RegistryProperties.Drain.class))
                .accepts(hints);
    }
}
