package dev.aicore.discovery.server.ctl;

import dev.aicore.discovery.embedded.postgres.PostgresServer;
import dev.aicore.discovery.projection.ProjectionRuntime;
import dev.aicore.discovery.projection.ReadModelMigration;
import dev.aicore.discovery.projection.bundle.Bundle;
import dev.aicore.discovery.projection.bundle.BundleImport;
import dev.aicore.discovery.projection.bundle.CatchUpReader;
import dev.aicore.discovery.projection.processing.ProjectionStatus;
import dev.aicore.discovery.server.ServiceDiscovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Serves a bundle: the registry's own projections fold its facts into a temporary PostgreSQL, and the registry's own
 * query side answers from it.
 */
final class BundleReplay implements AutoCloseable {

    private static final long POLL_MILLIS = 50;

    /** Reason of a projection's permanent stop. */
    private static final String NEWER = "newer_event";

    private final Path directory;
    private final PostgresServer postgres;
    private final CountDownLatch closedSignal = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable ConfigurableApplicationContext context;

    private BundleReplay(Path directory, PostgresServer postgres) {
        this.directory = directory;
        this.postgres = postgres;
    }

    /**
     * Starts a replay; returns once it accepts requests.
     *
     * @param port TCP port; 0 for any free one
     */
    static BundleReplay start(Bundle bundle, int port) throws IOException, SQLException {
        LogSilencer.silence();
        var bundleReplay = empty();
        // Ctrl-C ends a replay, which must leave nothing behind.
        Runtime.getRuntime().addShutdownHook(new Thread(bundleReplay::closeQuietly, "replay-shutdown"));
        try {
            bundleReplay.importBundle(bundle);
            bundleReplay.startServer(bundle, port);
            return bundleReplay;
        } catch (RuntimeException | SQLException failure) {
            bundleReplay.close();
            throw failure;
        }
    }

    private static BundleReplay empty() throws IOException {
        var directory = Files.createTempDirectory("registry-replay");
        try {
            return new BundleReplay(directory, PostgresServer.start(directory));
        } catch (RuntimeException failure) {
            delete(directory);
            throw failure;
        }
    }

    private void importBundle(Bundle bundle) throws SQLException {
        try (var projections = OfflineProjections.context(
                postgres.url(),
                List.of(shards(bundle)),
                List.of(ReplayDataConfiguration.class),
                context -> context.getBeanFactory().registerSingleton("bundle", bundle))) {
            var database = projections.getBean(DataSource.class);
            while (!CatchUpReader.isFolded(database)) {
                requireKnown(projections.getBean(ProjectionRuntime.class).status());
                CtlContext.pause(POLL_MILLIS);
            }
            long parked = CatchUpReader.parked(database);
            if (parked > 0) {
                throw new CtlException(parked + " facts of the bundle can't be folded; this version can't replay it.");
            }
        }
    }

    private static void requireKnown(List<ProjectionStatus> projections) {
        for (var projection : projections) {
            if (NEWER.equals(projection.reason())) {
                throw new CtlException("This version can't replay the bundle: " + projection.detail());
            }
        }
    }

    private void startServer(Bundle bundle, int port) {
        var application = ServiceDiscovery.application();
        application.addPrimarySources(List.of(ReplayConfiguration.class));
        application.addInitializers(made -> made.getBeanFactory().registerSingleton("bundle", bundle));
        application.setRegisterShutdownHook(false);
        context = application.run(
                shards(bundle),
                "--service-discovery.target=query",
                "--service-discovery.environment=development",
                "--service-discovery.server.host=127.0.0.1",
                "--service-discovery.server.port=" + port,
                "--service-discovery.monitoring.logging.level=error",
                "--service-discovery.database.postgres.url=" + postgres.url());
    }

    private static String shards(Bundle bundle) {
        return "--service-discovery.event_store.shards=" + bundle.header().shards();
    }

    /** Returns the port that the replay listens on. */
    int port() {
        return Integer.parseInt(
                Objects.requireNonNull(context).getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** Blocks until the replay is closed. */
    void await() throws InterruptedException {
        closedSignal.await();
    }

    /** Stops the replay and deletes its files. Idempotent. */
    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            if (context != null) {
                context.close();
            }
            postgres.close();
            delete(directory);
            closedSignal.countDown();
        }
    }

    private void closeQuietly() {
        try {
            close();
        } catch (IOException left) {
            System.err.println("Failed to delete " + directory + ": " + left.getMessage());
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Imports the bundle before the projections start. */
    @Configuration(proxyBeanMethods = false)
    static class ReplayDataConfiguration {

        @Bean
        SmartInitializingSingleton bundleImporter(DataSource database, ReadModelMigration migration, Bundle bundle)
                throws SQLException, IOException {
            BundleImport.load(database, bundle);
            return () -> {};
        }
    }
}
