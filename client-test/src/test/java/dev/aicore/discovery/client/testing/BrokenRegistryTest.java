package dev.aicore.discovery.client.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.aicore.discovery.client.testing.RegistryStore.StoredChange;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs the contract on broken copies of the registry, which must fail. */
class BrokenRegistryTest {

    private static @Nullable TestRegistry broken;

    private static URI brokenUrl() {
        var registry = broken;
        return registry == null ? URI.create("http://127.0.0.1:1") : registry.url();
    }

    /** Forgets every third change of a resumed watch, and its index doesn't grow. */
    private static final class LossyStore extends RegistryStore {

        LossyStore() {
            super(InstantSource.system());
        }

        @Override
        synchronized List<StoredChange> changesAfter(long after, Set<String> services) {
            return super.changesAfter(after, services).stream()
                    .filter(change -> change.position() % 3 != 0)
                    .toList();
        }

        @Override
        synchronized long index(String service) {
            return 1;
        }
    }

    /** Renews leases of unknown instances, and ignores the reported health. */
    private static final class GullibleStore extends RegistryStore {

        GullibleStore() {
            super(InstantSource.system());
        }

        @Override
        synchronized boolean renew(String instanceId, @Nullable String health, String caller) {
            return false;
        }

        @Override
        synchronized Map<String, Object> update(String instanceId, Map<String, @Nullable Object> body, String caller) {
            return present(instanceId).view();
        }
    }

    /** Contract of a broken copy; it isn't run by itself, because its name doesn't end in Test. */
    static final class BrokenRegistryContract extends RegistryContract {

        @Override
        protected URI url() {
            return brokenUrl();
        }
    }

    /** Contract of a broken copy; it isn't run by itself. */
    static final class BrokenWatchContract extends WatchContract {

        @Override
        protected URI url() {
            return brokenUrl();
        }
    }

    private static List<String> failures(RegistryStore store, Class<?> contract) {
        try (var registry = new TestRegistry(store)) {
            broken = registry;
            var listener = new SummaryGeneratingListener();
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(contract))
                                    .configurationParameter("junit.jupiter.execution.timeout.default", "1 s")
                                    .build(),
                            listener);
            return listener.getSummary().getFailures().stream()
                    .map(failure -> failure.getTestIdentifier().getDisplayName())
                    .toList();
        } finally {
            broken = null;
        }
    }

    @Test
    void lossyRegistry_failsTheContract() {
        assertThat(failures(new LossyStore(), BrokenWatchContract.class))
                .contains(
                        "resumedWatch_hasMissedChangesOnce_andNoSnapshot()",
                        "longPoll_afterAChange_isAnsweredWithIt()");
    }

    @Test
    void gullibleRegistry_failsTheContract() {
        assertThat(failures(new GullibleStore(), BrokenRegistryContract.class))
                .contains(
                        "heartbeat_ofUnknownInstance_isRefused()",
                        "unhealthyReport_takesTheInstanceOut()",
                        "batch_hasAnOutcomePerId()");
    }
}
