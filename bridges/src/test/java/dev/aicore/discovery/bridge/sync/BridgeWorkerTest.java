package dev.aicore.discovery.bridge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.bridge.model.BridgeOrigin;
import dev.aicore.discovery.bridge.model.BridgePlan;
import dev.aicore.discovery.config.settings.BridgeSettings;
import dev.aicore.discovery.config.settings.SettingsBinder;
import dev.aicore.discovery.config.time.TimeSource.SystemTimeSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BridgeWorkerTest {

    private final MemoryRegistry local = MemoryRegistry.of("legacy");
    private final MemoryForeignRegistry content = new MemoryForeignRegistry();

    @Test
    void unexpectedFailure_isReportedAndTheWorkIsRepeated() {
        content.register("orders", "1", "10.0.0.1");
        local.defect = new IllegalStateException("a defect");
        var worker = worker();
        worker.start();
        try {
            await().untilAsserted(() -> assertThat(worker.status().lastError())
                    .isEqualTo("The bridge failed: java.lang.IllegalStateException: a defect"));

            local.defect = null;
            await().untilAsserted(() -> assertThat(local.ids()).hasSize(1));
            await().untilAsserted(() -> assertThat(worker.status().lastError()).isNull());
        } finally {
            worker.stop();
        }
    }

    private BridgeWorker worker() {
        var settings = SettingsBinder.with(Map.of(
                        "service-discovery.bridges.definitions",
                        "legacy etcd in endpoint=http://unused:2379",
                        "service-discovery.bridges.retry-interval",
                        "100ms"))
                .get(BridgeSettings.class);
        return new BridgeWorker(
                settings.bridges().getFirst(),
                settings,
                new BridgeOrigin("store-1", "legacy"),
                () -> {},
                new OpenConnection(content),
                local,
                new SystemTimeSource());
    }

    /** Connection to another registry that stays open. */
    private record OpenConnection(MemoryForeignRegistry content) implements ForeignRegistry {

        @Override
        public void follow(ForeignCatalog catalog) throws ForeignRegistryException, InterruptedException {
            content.follow(catalog);
            new CountDownLatch(1).await();
        }

        @Override
        public void write(BridgePlan plan, WritePermit permit) throws ForeignRegistryException {
            content.write(plan, permit);
        }

        @Override
        public void close() {
            content.close();
        }
    }
}
