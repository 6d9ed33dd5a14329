package dev.aicore.discovery.config.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.impl.NoOpLog;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

/**
 * Adds the registry's property sources to the environment, in order of precedence: variables next to those of the
 * environment; below them the environment's own file, then the file of {@value #CONFIG_FILE}; the defaults of the
 * records below everything, so that placeholders find them.
 */
final class SettingsEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

    /** Property that names a file to read. It is an option or a variable, never a key of a file. */
    static final String CONFIG_FILE = SettingsBinder.PREFIX + "config-file";

    static final String DEFAULTS = "service discovery defaults";

    private static final String VARIABLES = "service discovery variables";
    private static final String FILE = "service discovery file";
    private static final String PROFILE = "service discovery file of the environment";
    private static final String ENVIRONMENT = SettingsBinder.PREFIX + "environment";

    private final Log log;

    /** Creates the processor of an application, which writes its log once logging is configured. */
    SettingsEnvironmentPostProcessor(DeferredLogFactory logs) {
        this.log = logs.getLog(SettingsEnvironmentPostProcessor.class);
    }

    /** Creates a processor for {@link #apply} alone, without a log. */
    SettingsEnvironmentPostProcessor() {
        this.log = new NoOpLog();
    }

    /** Runs after Spring has read its own files, so that the last source stays last. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        List<String> renamed = apply(environment, SettingProblemListener.FATAL);
        if (!renamed.isEmpty()) {
            log.warn("Old names of settings, accepted for one release: " + String.join("; ", renamed) + ".");
        }
        // Reports an invalid value before anything is started, and before Spring adds a warning of its own.
        SettingsBinder settingsBinder = SettingsBinder.of(environment);
        SettingsConfiguration.records().forEach(settingsBinder::get);
    }

    /** Adds the property sources, and returns the notices of old names; empty if there are none. */
    List<String> apply(ConfigurableEnvironment environment, SettingProblemListener problems) {
        MutablePropertySources sources = environment.getPropertySources();
        if (sources.contains(DEFAULTS)) {
            return List.of();
        }
        SettingNames known = new SettingNames(SettingsCatalog.keys());
        OptionNameValidator.check(sources, known, problems);
        addVariables(sources, known, problems);
        sources.addLast(defaults());
        String file = SettingConstraints.absentIfBlank(environment.getProperty(CONFIG_FILE));
        if (file != null) {
            addFile(sources, Path.of(file), FILE, known, problems);
            addProfile(environment, Path.of(file), known, problems);
        }
        List<String> notices = RenamedSettings.apply(sources);
        SettingsBinder settingsBinder = SettingsBinder.of(environment);
        sources.addLast(new TlsProperties(environment::getProperty));
        sources.addLast(new DatabaseProperties(environment::getProperty, settingsBinder));
        sources.addLast(new ShutdownProperties(settingsBinder));
        return notices;
    }

    private static PropertySource<?> defaults() {
        Map<String, String> values = SettingsCatalog.keys().stream()
                .collect(Collectors.toMap(SettingKey::property, SettingKey::defaultValue));
        return new OriginTrackedMapPropertySource(DEFAULTS, values, true);
    }

    private static void addProfile(
            ConfigurableEnvironment environment, Path file, SettingNames known, SettingProblemListener problems) {
        String name = environment.getProperty(ENVIRONMENT, "");
        if (!name.matches(ProcessSettings.ENVIRONMENT_NAME)) {
            return;
        }
        Path profile = profile(file, name);
        if (Files.exists(profile)) {
            addFile(environment.getPropertySources(), profile, PROFILE, known, problems);
            String environmentName = environment.getProperty(ENVIRONMENT, "");
            if (!environmentName.equals(name)) {
                problems.add(InvalidSettingException.of(
                        "environment",
                        environmentName,
                        "'" + name + "' or no value in " + profile + ", the file of that environment"));
            }
        }
    }

    /** Returns the file of the environment, such as {@code registry-production.yaml} next to {@code registry.yaml}. */
    private static Path profile(Path file, String environment) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return file.resolveSibling(
                dot < 0 ? name + "-" + environment : name.substring(0, dot) + "-" + environment + name.substring(dot));
    }

    private static void addVariables(
            MutablePropertySources sources, SettingNames known, SettingProblemListener problems) {
        PropertySource<?> system = sources.get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        Map<String, Object> variables = system instanceof EnumerablePropertySource<?> listed
                ? EnvironmentVariables.properties(listed, known, problems)
                : Map.of();
        var source = new OriginTrackedMapPropertySource(VARIABLES, variables, true);
        if (system == null) {
            sources.addLast(source);
        } else {
            sources.addAfter(system.getName(), source);
        }
    }

    private static void addFile(
            MutablePropertySources sources,
            Path file,
            String name,
            SettingNames known,
            SettingProblemListener problems) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            problems.add(InvalidSettingException.file(file.toString(), "can't be read, expected a readable YAML file"));
            return;
        }
        List<PropertySource<?>> documents = new SettingsFile(known, problems).read(new FileSystemResource(file), name);
        String above = VARIABLES;
        // Within a file, a later document overrides an earlier one.
        for (PropertySource<?> document : documents.reversed()) {
            sources.addAfter(above, document);
            above = document.getName();
        }
    }
}
