package dev.aicore.discovery.server.ctl;

import dev.aicore.discovery.projection.bundle.Bundle;
import dev.aicore.discovery.projection.bundle.FoldedReader;
import dev.aicore.discovery.server.ServiceDiscovery;
import dev.aicore.discovery.server.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A bundle that answers: its facts are folded by the registry's own projections into a PostgreSQL that is thrown away, and the registry's
 * own query side answers from that.
 */
final class Replay implements AutoCloseable {

    private static final long POLL_MILLIS = 50;

    private final Path directory;
    private final PostgresServer postgres;
    private final ConfigurableApplicationContext context;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread atTheEnd = new Thread(this::closeQuietly, "replay-end");

    private Replay(Path directory, PostgresServer postgres, ConfigurableApplicationContext context) {
        this.directory = directory;
        this.postgres = postgres;
        this.context = context;
    }

    /** @param port 0 for any */
    static Replay start(Bundle bundle, int port) throws IOException, SQLException {
        var directory = Files.createTempDirectory("registry-replay");
        try {
            var postgres = PostgresServer.start(directory);
            try {
                fill(postgres.url(), bundle);
                var replay = new Replay(directory, postgres, serve(postgres.url(), bundle, port));
                Runtime.getRuntime().addShutdownHook(replay.atTheEnd);
                return replay;
            } catch (RuntimeException | SQLException failure) {
                postgres.close();
                throw failure;
            }
        } catch (RuntimeException | SQLException failure) {
            delete(directory);
            throw failure;
        }
    }

    private static void fill(String url, Bundle bundle) throws SQLException {
        try (var projections = Offline.context(
                url,
                List.of(shards(bundle)),
                List.of(ReplayFilling.class),
                context -> context.getBeanFactory().registerSingleton("bundle", bundle))) {
            var database = projections.getBean(DataSource.class);
            while (!FoldedReader.isFolded(database)) {
                Session.pause(POLL_MILLIS);
            }
            long parked = FoldedReader.parked(database);
            if (parked > 0) {
                throw new Failed(parked + " facts of the bundle can't be folded; it isn't a bundle of this registry.");
            }
        }
    }

    private static ConfigurableApplicationContext serve(String url, Bundle bundle, int port) {
        var application = ServiceDiscovery.application();
        application.addPrimarySources(List.of(ReplayConfiguration.class));
        application.addInitializers(context -> context.getBeanFactory().registerSingleton("bundle", bundle));
        application.setRegisterShutdownHook(false);
        return application.run(
                shards(bundle),
                "--service-discovery.target=query",
                "--service-discovery.environment=development",
                "--service-discovery.server.host=127.0.0.1",
                "--service-discovery.server.port=" + port,
                "--service-discovery.monitoring.logging.level=error",
                "--service-discovery.database.postgres.url=" + url);
    }

    private static String shards(Bundle bundle) {
        return "--service-discovery.event_store.shards=" + bundle.header().shards();
    }

    /** Where it listens. */
    int port() {
        return Integer.parseInt(Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port")));
    }

    /** Returns when it is closed. */
    void await() throws InterruptedException {
        closed.await();
    }

    @Override
    public void close() throws IOException {
        context.close();
        postgres.close();
        delete(directory);
        closed.countDown();
    }

    private void closeQuietly() {
        try {
            close();
        } catch (IOException left) {
            System.err.println("Files are left in " + directory + ": " + left.getMessage());
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (var files = Files.walk(directory)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
