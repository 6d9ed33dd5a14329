package dev.aicore.discovery.config.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;

/**
 * Puts the registry's own sources of settings where they belong: variables beside the environment's, the file of
 * {@value #CONFIG_FILE} below them, the documented defaults below everything.
 */
final class SettingsEnvironment implements EnvironmentPostProcessor, Ordered {

    /** Names a file to read; itself an option or a variable, never a key of a file. */
    static final String CONFIG_FILE = Settings.PREFIX + "config-file";

    private static final String VARIABLES = "service discovery variables";
    private static final String DEFAULTS = "service discovery defaults";
    private static final String FILE = "service discovery file";

    /** After the framework's own files are read, so that "last" stays last. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        apply(environment);
        // A bad value is told before anything is started, and before the framework adds a warning of its own.
        Settings settings = Settings.of(environment);
        SettingsConfiguration.records().forEach(settings::get);
    }

    void apply(ConfigurableEnvironment environment) {
        MutablePropertySources sources = environment.getPropertySources();
        if (sources.contains(DEFAULTS)) {
            return;
        }
        SettingsFile defaults = SettingsFile.defaults(new ClassPathResource("/config/service-discovery.yaml"));
        KnownKeys known = defaults.keys();
        addVariables(sources, known);
        String file = Bounds.absentIfBlank(environment.getProperty(CONFIG_FILE));
        if (file != null) {
            addFile(sources, Path.of(file), known);
        }
        sources.addLast(defaults.source(DEFAULTS));
        sources.addLast(new DatabaseProperties(environment::getProperty));
    }

    private static void addVariables(MutablePropertySources sources, KnownKeys known) {
        PropertySource<?> system = sources.get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        Map<String, Object> variables = system instanceof EnumerablePropertySource<?> listed
                ? EnvironmentVariables.properties(listed, known)
                : Map.of();
        MapPropertySource source = new MapPropertySource(VARIABLES, variables);
        if (system == null) {
            sources.addLast(source);
        } else {
            sources.addAfter(system.getName(), source);
        }
    }

    private static void addFile(MutablePropertySources sources, Path file, KnownKeys known) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw InvalidSetting.file(file.toString(), "can't be read, expected a readable YAML file");
        }
        List<PropertySource<?>> documents =
                SettingsFile.read(new FileSystemResource(file), known).sources(FILE);
        String above = VARIABLES;
        // Within a file, a later document overrides an earlier one.
        for (PropertySource<?> document : documents.reversed()) {
            sources.addAfter(above, document);
            above = document.getName();
        }
    }
}
