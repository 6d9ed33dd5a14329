package dev.aicore.discovery.config.settings;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the process as a whole.
 *
 * @param dataDir directory of the embedded stores' data, relative to the working directory; the launcher, ./registry,
 *     sets it from --data-dir or SERVICE_DISCOVERY__DATA_DIR
 * @param environment free name; `development` on a loopback address admits anonymous callers as admin; anything else
 *     requires authentication
 * @param target the sides that this process runs: all, or one of command (writes), projections (events to tables) and
 *     query (reads). A process of one side needs database.postgres.url, which all processes of a registry share. Run
 *     one process of command and one of projections
 */
@ConfigurationProperties("service-discovery")
public record ProcessSettings(
        @DefaultValue("data") Path dataDir,
        @DefaultValue("development") String environment,
        @DefaultValue("all") ProcessTarget target) {

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
