package dev.aicore.discovery.server;

import dev.aicore.discovery.config.settings.ProcessSettings;
import dev.aicore.discovery.config.settings.ProcessSettings.ProcessTarget;
import dev.aicore.discovery.config.settings.SettingsBinder;
import java.util.Arrays;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Imports the sides that {@code service-discovery.target} names. */
final class TargetImportSelector implements ImportSelector {

    private final ProcessTarget processTarget;

    TargetImportSelector(Environment environment) {
        processTarget = SettingsBinder.of((ConfigurableEnvironment) environment)
                .get(ProcessSettings.class)
                .target();
    }

    @Override
    public String[] selectImports(AnnotationMetadata importing) {
        return Arrays.stream(Side.values())
                .filter(side -> processTarget.runs(side.target()))
                .flatMap(side -> side.configurations().stream())
                .map(Class::getName)
                .toArray(String[]::new);
    }
}
