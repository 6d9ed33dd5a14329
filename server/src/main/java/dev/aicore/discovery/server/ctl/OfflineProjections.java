package dev.aicore.discovery.server.ctl;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.embedded.postgres.PostgresServer;
import dev.aicore.discovery.eventstore.StoreRepair;
import dev.aicore.discovery.projection.bundle.BundleExporter;
import dev.aicore.discovery.projection.rebuild.RebuildRun.RebuildTask;
import dev.aicore.discovery.projection.rebuild.RebuildService;
import dev.aicore.discovery.web.ApiJson;
import dev.aicore.discovery.web.AsOfParser;
import dev.aicore.discovery.web.AsOfPoint;
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

/** Runs the registry's projections in this process, on a database where no server runs. */
final class OfflineProjections implements AutoCloseable {

    /** Maximum wait for projections that must catch up. */
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final ConfigurableApplicationContext context;
    private final @Nullable PostgresServer embedded;

    private OfflineProjections(ConfigurableApplicationContext context, @Nullable PostgresServer embedded) {
        this.context = context;
        this.embedded = embedded;
    }

    /** Options that locate the database. */
    static final class DatabaseLocation {

        @Option(
                names = "--database-url",
                paramLabel = "URL",
                description = "Use this PostgreSQL from this process; no server may run on it.")
        private @Nullable String databaseUrl;

        @Option(
                names = "--data-dir",
                paramLabel = "DIR",
                description = "Use the embedded PostgreSQL of this data directory; its server must be stopped.")
        private @Nullable Path dataDir;

        @Option(
                names = "--config",
                paramLabel = "FILE",
                description = "Configuration file of the server, if it has one.")
        private @Nullable Path config;

        /** Returns true if a database is given; otherwise the running registry is used. */
        boolean isGiven() {
            return databaseUrl != null || dataDir != null;
        }
    }

    static OfflineProjections start(DatabaseLocation databaseLocation) {
        if (databaseLocation.databaseUrl != null && databaseLocation.dataDir != null) {
            throw new UsageException("Set only one of --database-url and --data-dir.");
        }
        LogSilencer.silence();
        var options = new ArrayList<String>();
        if (databaseLocation.config != null) {
            options.add("--service-discovery.config-file=" + databaseLocation.config.toAbsolutePath());
        }
        if (databaseLocation.databaseUrl != null) {
            return new OfflineProjections(context(databaseLocation.databaseUrl, options, List.of(), _ -> {}), null);
        }
        var directory = Objects.requireNonNull(databaseLocation.dataDir);
        if (!Files.isDirectory(directory.resolve("postgres"))) {
            throw new CtlException("There is no PostgreSQL of a registry in " + directory + ".");
        }
        // The owner name of the embedded server, so that the claims of a killed server needn't expire first.
        options.add("--" + OfflineProjectionsConfiguration.OWNER + "=embedded");
        var postgres = PostgresServer.start(directory);
        try {
            postgres.stopAfterApplication();
            return new OfflineProjections(context(postgres.url(), options, List.of(), _ -> {}), postgres);
        } catch (RuntimeException failure) {
            postgres.close();
            throw failure;
        }
    }

    /** Starts projections on that database. */
    static ConfigurableApplicationContext context(
            String databaseUrl,
            List<String> options,
            List<Class<?>> more,
            ApplicationContextInitializer<ConfigurableApplicationContext> initializer) {
        var application = new SpringApplication(OfflineProjectionsConfiguration.class);
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

    ReadModelRebuilder readModels() {
        var rebuildService = context.getBean(RebuildService.class);
        return new ReadModelRebuilder() {
            @Override
            public JsonNode start(String task, String name) {
                return ApiJson.mapper()
                        .valueToTree(
                                rebuildService.start(RebuildTask.valueOf(task.toUpperCase(Locale.ROOT)), names(name)));
            }

            @Override
            public JsonNode current(JsonNode run) {
                return ApiJson.mapper().valueToTree(rebuildService.latest().orElseThrow());
            }

            private Set<String> names(String name) {
                if (!name.equals("all") && !rebuildService.names().contains(name)) {
                    throw new UsageException("Unknown read model '" + name + "', expected one of "
                            + String.join(", ", rebuildService.names()) + ".");
                }
                return name.equals("all") ? rebuildService.names() : new TreeSet<>(Set.of(name));
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
        var bundleExporter = context.getBean(BundleExporter.class);
        var bundleExport = bundleExporter.open(
                parseAsOf(from), to == null ? new AsOfPoint.Ago(Duration.ZERO) : parseAsOf(to), TIMEOUT);
        try {
            for (var lines = bundleExporter.next(bundleExport);
                    !lines.isEmpty();
                    lines = bundleExporter.next(bundleExport)) {
                for (var line : lines) {
                    out.write(line);
                }
            }
        } finally {
            bundleExporter.close(bundleExport);
        }
    }

    private static AsOfPoint parseAsOf(String text) {
        var asOf = AsOfParser.parse(text);
        if (asOf == null) {
            throw new UsageException("'" + text + "' is not a point in time, expected " + AsOfParser.EXPECTED + ".");
        }
        return asOf;
    }

    @Override
    public void close() {
        context.close();
        if (embedded != null) {
            embedded.close();
        }
    }
}
