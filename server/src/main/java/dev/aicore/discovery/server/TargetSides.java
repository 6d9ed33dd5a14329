package dev.aicore.discovery.server;

import dev.aicore.discovery.config.settings.ProcessSettings;
import dev.aicore.discovery.config.settings.Settings;
import dev.aicore.discovery.config.settings.Target;
import java.util.Arrays;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Imports the sides that {@code service-discovery.target} names. */
final class TargetSides implements ImportSelector {

    private final Target target;

    TargetSides(Environment environment) {
        target = Settings.of((ConfigurableEnvironment) environment)
                .get(ProcessSettings.class)
                .target();
    }

    @Override
    public String[] selectImports(AnnotationMetadata importing) {
        return Arrays.stream(Side.values())
                .filter(side -> target.runs(side.target()))
                .flatMap(side -> side.configurations().stream())
                .map(Class::getName)
                .toArray(String[]::new);
    }
}
