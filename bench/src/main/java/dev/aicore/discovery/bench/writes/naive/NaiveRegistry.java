package dev.aicore.discovery.bench.writes.naive;

import com.zaxxer.hikari.HikariDataSource;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.bench.writes.ResponseHistogram;
import dev.aicore.discovery.embedded.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;

/**
 * Registry with one aggregate per instance. Its threads send commands in a closed loop, each to its own instances in
 * turn.
 */
public final class NaiveRegistry implements AutoCloseable {

    private final HikariDataSource pool;
    private final CommandBus bus;
    private final int threads;
    private final ExecutorService executor;
    private List<String> ids = List.of();

    private NaiveRegistry(HikariDataSource pool, CommandBus bus, int threads) {
        this.pool = pool;
        this.bus = bus;
        this.threads = threads;
        this.executor = Executors.newFixedThreadPool(threads);
    }

    /** Creates the tables in the database. */
    public static NaiveRegistry open(PostgresServer postgres, int threads) throws SQLException {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(postgres.jdbcUrl() + "?currentSchema=" + NaiveSchemaRows.NAME);
        pool.setUsername(postgres.username());
        pool.setPassword(postgres.password());
        pool.setMaximumPoolSize(threads + 1);
        try (var connection = pool.getConnection()) {
            NaiveSchemaRows.create(connection);
        }
        return new NaiveRegistry(pool, NaiveWiring.commandBus(pool), threads);
    }

    /** Registers a number of instances. */
    public void register(int instances) throws Exception {
        ids = Stream.generate(() -> UUID.randomUUID().toString())
                .limit(instances)
                .toList();
        all(thread -> () -> {
            for (int i = thread; i < ids.size(); i += threads) {
                var command = new NaiveInstance.Register(ids.get(i), declaration(i), System.currentTimeMillis());
                send(command).getPayload();
            }
            return null;
        });
    }

    /** Renews leases for a duration. */
    public ResponseHistogram renew(Duration duration, ResponseHistogram responseHistogram) throws Exception {
        long end = System.nanoTime() + duration.toNanos();
        all(thread -> () -> {
            int next = thread;
            for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
                var command = new NaiveInstance.Renew(ids.get(next % ids.size()), System.currentTimeMillis());
                boolean isGood = !send(command).isExceptional();
                responseHistogram.take(isGood, System.nanoTime() - now);
                next += threads;
            }
            return null;
        });
        return responseHistogram;
    }

    @Override
    public void close() {
        executor.shutdown();
        pool.close();
    }

    @FunctionalInterface
    private interface Part {
        Callable<?> of(int thread);
    }

    private void all(Part part) throws Exception {
        var parts = new ArrayList<Future<?>>();
        for (int thread = 0; thread < threads; thread++) {
            parts.add(executor.submit(part.of(thread)));
        }
        for (var one : parts) {
            one.get();
        }
    }

    private <C> CommandResultMessage<?> send(C command) {
        var callback = new FutureCallback<C, Object>();
        bus.dispatch(new GenericCommandMessage<>(command), callback);
        return callback.getResult();
    }

    private static Declaration declaration(int number) {
        return new Declaration(
                "service-" + number / 100,
                "1.4.2",
                "10.0.%d.%d".formatted(number >> 8 & 255, number & 255),
                8080,
                "http",
                100,
                30,
                null,
                Map.of("region", "eu-1", "team", "identity"),
                List.of("api", "v1"),
                "a");
    }

    /** Creates the schema of the framework's tables. */
    static final class NaiveSchemaRows {

        static final String NAME = "naive";

        private NaiveSchemaRows() {}

        static void create(Connection connection) throws SQLException {
            try (var statement = connection.createStatement()) {
                statement.execute("CREATE SCHEMA " + NAME);
            }
        }
    }
}
