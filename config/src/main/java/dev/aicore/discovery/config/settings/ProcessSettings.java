package dev.aicore.discovery.config.settings;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the process as a whole.
 *
 * @param dataDir directory of the embedded stores' data; relative to the working directory
 * @param environment free name; only {@code development} has a meaning of its own
 * @param target sides that this process runs
 */
@ConfigurationProperties("service-discovery")
public record ProcessSettings(Path dataDir, String environment, ProcessTarget target) {

    static final String ENVIRONMENT_NAME = "[a-z][a-z0-9-]{0,31}";

    public ProcessSettings {
        dataDir = directory(dataDir);
        environment = SettingConstraints.matching(
                "environment", environment, ENVIRONMENT_NAME, "a name of lower-case letters, digits and dashes");
    }

    public boolean development() {
        return environment.equals("development");
    }

    private static Path directory(@Nullable Path dataDir) {
        if (dataDir == null || dataDir.toString().isBlank()) {
            throw InvalidSettingException.of("data_dir", dataDir, "a directory");
        }
        return dataDir;
    }

    /** Sides of the registry that a process runs: all, or a single one beside other processes on the same database. */
    public enum ProcessTarget {
        ALL,
        COMMAND,
        PROJECTIONS,
        QUERY;

        /** Returns the name in settings and answers. */
        public String settingName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns true if a process of this target runs the side. */
        public boolean runs(ProcessTarget side) {
            return this == ALL || this == side;
        }
    }
}
