package dev.aicore.discovery.server.ctl;

import dev.aicore.discovery.config.eventstore.StoreRepair;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Json;
import dev.aicore.discovery.config.web.Moment;
import dev.aicore.discovery.config.web.MomentText;
import dev.aicore.discovery.projection.bundle.Exports;
import dev.aicore.discovery.projection.rebuild.Rebuilds;
import dev.aicore.discovery.projection.rebuild.Task;
import dev.aicore.discovery.server.postgres.PostgresServer;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The registry's projections in this process, on a database where no server runs. */
final class Offline implements AutoCloseable {

    /** For projections that have much to catch up. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final ConfigurableApplicationContext context;
    private final @Nullable PostgresServer embedded;

    private Offline(ConfigurableApplicationContext context, @Nullable PostgresServer embedded) {
        this.context = context;
        this.embedded = embedded;
    }

    /** Which database. */
    static final class Where {

        @Option(
                names = "--database-url",
                paramLabel = "URL",
                description = "Work on this PostgreSQL, in this process; no server should be running on it.")
        private @Nullable String databaseUrl;

        @Option(
                names = "--data-dir",
                paramLabel = "DIR",
                description = "Work on the embedded PostgreSQL of this data directory, whose server has stopped.")
        private @Nullable Path dataDir;

        @Option(names = "--config", paramLabel = "FILE", description = "The settings of its server, if it has a file.")
        private @Nullable Path config;

        /** Else the running registry is asked. */
        boolean isGiven() {
            return databaseUrl != null || dataDir != null;
        }
    }

    static Offline start(Where where) {
        if (where.databaseUrl != null && where.dataDir != null) {
            throw new Misuse("Give one of --database-url and --data-dir.");
        }
        Quiet.please();
        var options = new ArrayList<String>();
        if (where.config != null) {
            options.add("--service-discovery.config-file=" + where.config.toAbsolutePath());
        }
        if (where.databaseUrl != null) {
            return new Offline(context(where.databaseUrl, options, List.of(), _ -> {}), null);
        }
        var directory = Objects.requireNonNull(where.dataDir);
        if (!Files.isDirectory(directory.resolve("postgres"))) {
            throw new Failed("There is no PostgreSQL of a registry in " + directory + ".");
        }
        // As its server does, so that nobody waits for claims of one that was killed.
        options.add("--" + OfflineConfiguration.OWNER + "=embedded");
        var postgres = PostgresServer.start(directory);
        try {
            postgres.stopAfterApplication();
            return new Offline(context(postgres.url(), options, List.of(), _ -> {}), postgres);
        } catch (RuntimeException failure) {
            postgres.close();
            throw failure;
        }
    }

    /** Projections that run, on that database. */
    static ConfigurableApplicationContext context(
            String databaseUrl,
            List<String> options,
            List<Class<?>> more,
            ApplicationContextInitializer<ConfigurableApplicationContext> initializer) {
        var application = new SpringApplication(OfflineConfiguration.class);
        application.addPrimarySources(more);
        application.addInitializers(initializer);
        var all = new ArrayList<>(options);
        all.addAll(List.of(
                "--spring.main.web-application-type=none",
                "--service-discovery.target=projections",
                "--service-discovery.monitoring.logging.level=error",
                "--service-discovery.database.postgres.url=" + databaseUrl));
        return application.run(all.toArray(String[]::new));
    }

    ReadModels readModels() {
        var rebuilds = context.getBean(Rebuilds.class);
        return new ReadModels() {
            @Override
            public JsonNode start(String task, String name) {
                return Json.mapper()
                        .valueToTree(rebuilds.start(Task.valueOf(task.toUpperCase(Locale.ROOT)), names(name)));
            }

            @Override
            public JsonNode now(JsonNode run) {
                return Json.mapper().valueToTree(rebuilds.latest().orElseThrow());
            }

            private Set<String> names(String name) {
                if (!name.equals("all") && !rebuilds.names().contains(name)) {
                    throw new Misuse("There is no read model '" + name + "', expected one of "
                            + String.join(", ", rebuilds.names()) + ".");
                }
                return name.equals("all") ? rebuilds.names() : new TreeSet<>(Set.of(name));
            }
        };
    }

    StoreRepair repair() {
        return context.getBean(StoreRepair.class);
    }

    Instant now() {
        return context.getBean(TimeSource.class).now();
    }

    /** Writes a bundle. */
    void export(String from, @Nullable String to, OutputStream out) throws Exception {
        var exports = context.getBean(Exports.class);
        var export = exports.open(moment(from), to == null ? new Moment.Ago(Duration.ZERO) : moment(to), PATIENCE);
        try {
            for (var lines = exports.next(export); !lines.isEmpty(); lines = exports.next(export)) {
                for (var line : lines) {
                    out.write(line);
                }
            }
        } finally {
            exports.close(export);
        }
    }

    private static Moment moment(String text) {
        var moment = MomentText.parse(text);
        if (moment == null) {
            throw new Misuse("'" + text + "' names no moment, expected " + MomentText.EXPECTED + ".");
        }
        return moment;
    }

    @Override
    public void close() {
        context.close();
        if (embedded != null) {
            embedded.close();
        }
    }
}
