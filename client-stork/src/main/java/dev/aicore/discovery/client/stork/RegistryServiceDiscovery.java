package dev.aicore.discovery.client.stork;

import dev.aicore.discovery.client.RegisteredInstance;
import dev.aicore.discovery.client.Service;
import io.smallrye.mutiny.Uni;
import io.smallrye.stork.api.NoServiceInstanceFoundException;
import io.smallrye.stork.api.ServiceDiscovery;
import io.smallrye.stork.api.ServiceInstance;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Returns the kept list of a service. Never blocks; waits only for the first list. */
final class RegistryServiceDiscovery implements ServiceDiscovery {

    private final Service service;
    private final Duration firstAnswer;
    private final boolean secure;

    /** Instances of the last answer by id: an instance that hasn't changed is the same object, with the same number. */
    private volatile Map<String, StorkInstance> known = Map.of();

    RegistryServiceDiscovery(Service service, Duration firstAnswer, boolean secure) {
        this.service = service;
        this.firstAnswer = firstAnswer;
        this.secure = secure;
    }

    @Override
    public Uni<List<ServiceInstance>> getServiceInstances() {
        return Uni.createFrom().deferred(() -> hasList() ? Uni.createFrom().item(instances()) : awaitInstances());
    }

    private Uni<List<ServiceInstance>> awaitInstances() {
        var first = new CompletableFuture<List<ServiceInstance>>();
        var subscription = service.onChange(change -> first.complete(instances()));
        return Uni.createFrom()
                .completionStage(first)
                .ifNoItem()
                .after(firstAnswer)
                .failWith(() -> new NoServiceInstanceFoundException(
                        "The registry has not sent the list of " + service.name() + " yet."))
                .onTermination()
                .invoke(subscription::close);
    }

    private boolean hasList() {
        return service.view().confirmedAt() != null;
    }

    private synchronized List<ServiceInstance> instances() {
        var before = known;
        var present = new HashMap<String, StorkInstance>();
        var list = service.instances().stream()
                .<ServiceInstance>map(instance -> {
                    var same = reuse(before.get(instance.id()), instance);
                    present.put(instance.id(), same);
                    return same;
                })
                .toList();
        known = present;
        return list;
    }

    private StorkInstance reuse(@Nullable StorkInstance before, RegisteredInstance instance) {
        if (before == null) {
            return StorkInstance.of(service, instance, secure);
        }
        return before.registered().equals(instance) ? before : before.with(instance);
    }
}
