package dev.aicore.discovery.bridge.consul;

import dev.aicore.discovery.bridge.model.BridgePlan;
import dev.aicore.discovery.bridge.model.BridgedInstance;
import dev.aicore.discovery.bridge.sync.ForeignCatalog;
import dev.aicore.discovery.bridge.sync.ForeignCatalog.ForeignInstance;
import dev.aicore.discovery.bridge.sync.ForeignRegistry;
import dev.aicore.discovery.bridge.sync.ForeignRegistryException;
import dev.aicore.discovery.bridge.sync.WritePermit;
import dev.aicore.discovery.config.settings.BridgeDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A Consul cluster, through one of its agents or servers. */
public final class ConsulRegistry implements ForeignRegistry {

    private final ConsulOptions options;
    private final Duration timeout;
    private volatile @Nullable ConsulWriter writer;

    /**
     * Creates a registry that connects when it is followed.
     *
     * @param timeout maximum duration of a request, beyond the time for which Consul holds it
     */
    public ConsulRegistry(BridgeDefinition definition, Duration timeout) {
        this.options = ConsulOptions.of(definition);
        this.timeout = timeout;
    }

    @Override
    public void follow(ForeignCatalog catalog) throws ForeignRegistryException, InterruptedException {
        var threads = new ArrayList<Thread>();
        try (var client = new ConsulClient(options, timeout);
                var requests = new ConsulRequests()) {
            var changed = new Semaphore(0);
            var datacenters = new ArrayList<ConsulDatacenter>();
            for (var name : options.readDatacenters()) {
                datacenters.add(new ConsulDatacenter(client, requests, name, changed::release));
            }
            for (var datacenter : datacenters) {
                datacenter.readAll();
                datacenter
                        .watches()
                        .forEach(watch -> threads.add(
                                Thread.ofVirtual().name("bridge-consul-watch").start(watch)));
            }
            writer = new ConsulWriter(client, options, requests);
            show(datacenters, catalog);
            while (true) {
                changed.acquire();
                changed.drainPermits();
                for (var datacenter : datacenters) {
                    datacenter.refresh();
                }
                show(datacenters, catalog);
            }
        } finally {
            writer = null;
            threads.forEach(Thread::interrupt);
        }
    }

    private static void show(List<ConsulDatacenter> datacenters, ForeignCatalog catalog)
            throws ForeignRegistryException {
        var instances = new HashMap<String, ForeignInstance>();
        var invalid = new HashSet<String>();
        long index = 0;
        for (var datacenter : datacenters) {
            index = Math.max(index, datacenter.index());
            datacenter.readings().forEach((service, reading) -> {
                instances.putAll(reading.instances());
                for (int i = 0; i < reading.invalid(); i++) {
                    invalid.add(service + '/' + i);
                }
            });
        }
        catalog.replaceAll(instances, invalid, "Consul index " + index);
    }

    @Override
    public void write(BridgePlan plan, WritePermit permit) throws ForeignRegistryException, InterruptedException {
        var current = writer;
        if (current == null) {
            throw new ForeignRegistryException("Consul is not connected.");
        }
        current.write(plan, permit);
    }

    @Override
    public BridgedInstance asStored(BridgedInstance instance) {
        return ConsulWriter.asStored(instance, options.throughAgent());
    }

    /** The thread that follows Consul closes its connections. */
    @Override
    public void close() {}
}
