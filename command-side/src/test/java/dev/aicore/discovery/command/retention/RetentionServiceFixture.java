package dev.aicore.discovery.command.retention;

import dev.aicore.discovery.config.settings.RetentionSettings;
import dev.aicore.discovery.config.testing.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Service over a real store, whose ownership of the store the test controls. */
abstract class RetentionServiceFixture {

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    @TempDir
    Path directory;

    final List<String> asked = new ArrayList<>();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RetentionMetrics counted = new RetentionMetrics(meters);
    boolean holdsTheStore = true;

    /** Makes all observations old, with checkpoints and snapshots of all shards and up-to-date projections. */
    static void readyToDrop(RetentionStoreFixture store) {
        store.age();
        snapshot(store);
    }

    static void snapshot(RetentionStoreFixture store) {
        for (int shard = 0; shard < 2; shard++) {
            store.checkpoint(shard);
            store.snapshot(shard);
        }
        store.watermark("last_seen", store.head());
        store.watermark("instances", store.head());
    }

    RetentionService retention(@Nullable Path archive) {
        return retention(archive, null);
    }

    /** Creates a service whose requests to shards are fulfilled at once, if there is a store. */
    RetentionService retention(@Nullable Path archive, @Nullable RetentionStoreFixture store) {
        var checkpointRequester = new CheckpointRequester(
                shard -> {
                    if (store != null) {
                        store.checkpoint(shard);
                    }
                    return CompletableFuture.completedFuture(shard);
                },
                name -> {
                    asked.add(name);
                    if (store != null) {
                        store.snapshot(Integer.parseInt(name.substring("shard-".length())));
                    }
                },
                Duration.ofSeconds(20));
        return new RetentionService(
                POSTGRES.pool(),
                (type, revision) -> type.equals("RegistryShard") && revision == 3,
                () -> holdsTheStore,
                checkpointRequester,
                counted,
                new RetentionSettings(Duration.ofDays(7), DataSize.ofGigabytes(20), archive, Duration.ofHours(1)));
    }
}
