package dev.aicore.discovery.dialect.xds;

import dev.aicore.discovery.dialect.following.RegistryFollower;
import dev.aicore.discovery.query.discovery.DiscoverableInstances;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshot;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Publishes each state of the registry to the streams, on a thread of its own. Bundles the changes within an interval.
 * While the state is unknown, streams keep what they have.
 */
final class XdsPusher implements SmartLifecycle {

    private final RegistryFollower follower;
    private final DiscoverableInstances discoverable;
    private final XdsService service;
    private final Duration minInterval;
    private final Scheduler scheduler = Schedulers.newSingle("xds-push", true);
    private @Nullable RegistryXdsCatalog last;
    private @Nullable Disposable pushes;

    XdsPusher(RegistryFollower follower, DiscoverableInstances discoverable, XdsService service, Duration minInterval) {
        this.follower = follower;
        this.discoverable = discoverable;
        this.service = service;
        this.minInterval = minInterval;
    }

    @Override
    public void start() {
        // The order of the first state and the first change isn't known, so each push takes the newest state.
        pushes = Flux.merge(follower.changes(), Mono.fromSupplier(follower::current))
                .onBackpressureLatest()
                .publishOn(scheduler, 1)
                .concatMap(
                        _ -> {
                            publish(follower.current());
                            return Mono.delay(minInterval, scheduler);
                        },
                        0)
                .subscribe();
    }

    private void publish(@Nullable RegistrySnapshot registry) {
        if (registry != null) {
            var catalog = RegistryXdsCatalog.of(registry, discoverable, last);
            last = catalog;
            service.publish(catalog);
        }
    }

    @Override
    public void stop() {
        var running = pushes;
        if (running != null) {
            running.dispose();
            pushes = null;
        }
        service.close();
        scheduler.dispose();
    }

    @Override
    public boolean isRunning() {
        return pushes != null;
    }
}
