package dev.aicore.discovery.bridge.kubernetes;

import dev.aicore.discovery.bridge.model.BridgeOrigin;
import dev.aicore.discovery.bridge.model.BridgePlan;
import dev.aicore.discovery.bridge.sync.ForeignCatalog;
import dev.aicore.discovery.bridge.sync.ForeignCatalog.ForeignInstance;
import dev.aicore.discovery.bridge.sync.ForeignRegistryException;
import dev.aicore.discovery.bridge.sync.WritePermit;
import dev.aicore.discovery.config.time.TimeSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Informers of one connection to a cluster. Ends with the first failure. */
final class KubernetesSession implements AutoCloseable {

    /** Number of objects that a request for a list returns at most. */
    private static final long PAGE = 500;

    /** Factor of the timeout of a request: a first read is many of them. */
    private static final int FIRST_READ_REQUESTS = 30;

    private static final String DEFAULT_NAMESPACE = "default";

    /** Interval in which a lost watch is noticed. */
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    private final KubernetesClient client;
    private final KubernetesOptions options;
    private final List<String> namespaces;
    private final Duration timeout;
    private final TimeSource time;
    private final EndpointSliceReader reader;
    private final ClusterView view = new ClusterView();
    private final ServiceWriter writer;
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();
    private final Map<String, Map<String, ForeignInstance>> known = new HashMap<>();
    private final boolean exports;

    KubernetesSession(
            KubernetesClient client,
            KubernetesOptions options,
            BridgeOrigin origin,
            boolean exports,
            Duration timeout,
            TimeSource time) {
        this.client = client;
        this.options = options;
        this.exports = exports;
        this.timeout = timeout;
        this.time = time;
        this.reader = new EndpointSliceReader(options);
        this.namespaces = options.namespaces().isEmpty()
                ? List.of(Objects.requireNonNullElse(client.getNamespace(), DEFAULT_NAMESPACE))
                : options.namespaces();
        this.writer = new ServiceWriter(client, namespaces.getFirst(), origin, view);
    }

    /** Reads everything, and then each change. */
    void follow(ForeignCatalog catalog) throws ForeignRegistryException, InterruptedException {
        namespaces.forEach(this::inform);
        start();
        readAll(catalog);
        var watchedAt = time.nanos();
        var probedAt = time.nanos();
        while (true) {
            for (var key : view.takeChanged(CHECK_INTERVAL)) {
                refresh(key, catalog);
            }
            boolean watched = informers.stream().allMatch(SharedIndexInformer::isWatching);
            if (watched) {
                watchedAt = time.nanos();
            } else if (time.nanos() - watchedAt > timeout.toNanos()) {
                throw new ForeignRegistryException("Kubernetes has ended a watch, and refuses another one.");
            }
            if (!watched || time.nanos() - probedAt > timeout.toNanos()) {
                probe();
                probedAt = time.nanos();
            }
        }
    }

    private void inform(String namespace) {
        var selector = options.labelSelector();
        if (exports || selector == null) {
            informers.add(started(services(namespace), handler(this::put, this::remove)));
        }
        if (selector != null) {
            informers.add(started(
                    services(namespace).withLabelSelector(selector),
                    handler(
                            service -> {
                                view.putService(service);
                                view.select(service);
                            },
                            service -> {
                                view.deselect(service);
                                if (!exports) {
                                    view.removeService(service);
                                }
                            })));
        }
        informers.add(started(
                slices(namespace).withLabel(ResourceNames.SERVICE_OF_SLICE),
                handler(view::putSlice, view::removeSlice)));
    }

    private void put(Service service) {
        view.putService(service);
        if (options.labelSelector() == null) {
            view.select(service);
        }
    }

    private void remove(Service service) {
        view.removeService(service);
        if (options.labelSelector() == null) {
            view.deselect(service);
        }
    }

    private FilterWatchListDeletable<Service, ?, ?> services(String namespace) {
        return options.allNamespaces()
                ? client.services().inAnyNamespace()
                : client.services().inNamespace(namespace);
    }

    private FilterWatchListDeletable<EndpointSlice, ?, ?> slices(String namespace) {
        var slices = client.discovery().v1().endpointSlices();
        return options.allNamespaces() ? slices.inAnyNamespace() : slices.inNamespace(namespace);
    }

    private static <T extends HasMetadata> SharedIndexInformer<T> started(
            Informable<T> source, ResourceEventHandler<T> handler) {
        // Without a retry of its own: the bridge reports the failure, and connects again.
        return source.withLimit(PAGE)
                .runnableInformer(0)
                .addEventHandler(handler)
                .exceptionHandler((started, failure) -> false);
    }

    private static <T> ResourceEventHandler<T> handler(Consumer<T> put, Consumer<T> remove) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                put.accept(object);
            }

            @Override
            public void onUpdate(T before, T object) {
                put.accept(object);
            }

            @Override
            public void onDelete(T object, boolean deletedFinalStateUnknown) {
                remove.accept(object);
            }
        };
    }

    private void start() throws ForeignRegistryException, InterruptedException {
        var starts = informers.stream().map(SharedIndexInformer::start).toList();
        for (var start : starts) {
            try {
                var _ = start.toCompletableFuture()
                        .get(timeout.toMillis() * FIRST_READ_REQUESTS, TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                throw new ForeignRegistryException("Kubernetes can't be read: " + FailureReasons.of(e), e);
            } catch (TimeoutException e) {
                throw new ForeignRegistryException("Kubernetes does not answer.", e);
            }
        }
    }

    /** Fills the view from the lists, whose events may still be on their way, and the catalog from the view. */
    private void readAll(ForeignCatalog catalog) throws ForeignRegistryException {
        for (var informer : informers) {
            for (Object object : informer.getStore().list()) {
                switch (object) {
                    case Service service -> put(service);
                    case EndpointSlice slice -> view.putSlice(slice);
                    default -> throw new IllegalStateException("unexpected object");
                }
            }
        }
        selectAll();
        var all = new HashMap<String, ForeignInstance>();
        var unusable = new HashSet<String>();
        synchronized (known) {
            for (var key : view.keys()) {
                var read = reader.read(key, view.service(key));
                if (read == null) {
                    unusable.add(unusableKey(key));
                } else {
                    known.put(key, read);
                    all.putAll(read);
                }
            }
            catalog.replaceAll(all, unusable, view.version());
        }
    }

    /** Records the result of the label selector at the start. */
    private void selectAll() {
        if (options.labelSelector() != null) {
            var selecting = informers.get(exports ? 1 : 0);
            for (Object object : selecting.getStore().list()) {
                view.select((Service) object);
            }
        }
    }

    private String unusableKey(String key) {
        return reader.serviceName(key) + '/';
    }

    /** Brings one Service of the catalog up to date. */
    private void refresh(String key, ForeignCatalog catalog) throws ForeignRegistryException {
        synchronized (known) {
            var before = known.getOrDefault(key, Map.of());
            var now = reader.read(key, view.service(key));
            if (now == null) {
                catalog.putInvalid(unusableKey(key), view.version());
                known.remove(key);
            } else {
                if (known.put(key, now) == null) {
                    catalog.remove(unusableKey(key), view.version());
                }
                for (var entry : now.entrySet()) {
                    var old = before.get(entry.getKey());
                    if (old == null || !old.instance().equals(entry.getValue().instance())) {
                        catalog.put(entry.getKey(), entry.getValue());
                    }
                }
                if (now.isEmpty()) {
                    known.remove(key);
                }
            }
            Set<String> gone = new HashSet<>(before.keySet());
            if (now != null) {
                gone.removeAll(now.keySet());
            }
            gone.forEach(instance -> catalog.remove(instance, view.version()));
        }
    }

    /** Makes a small request, which fails if the API can't be reached or no longer allows it. */
    private void probe() throws ForeignRegistryException {
        try {
            var _ = services(namespaces.getFirst())
                    .list(new ListOptionsBuilder().withLimit(1L).build());
        } catch (RuntimeException e) {
            throw new ForeignRegistryException("Kubernetes can't be read: " + FailureReasons.of(e), e);
        }
    }

    boolean accepts(String service) {
        return writer.accepts(service);
    }

    /** Writes a plan, and shows the result in the catalog without waiting for the watch. */
    void write(BridgePlan plan, WritePermit permit, ForeignCatalog catalog)
            throws ForeignRegistryException, InterruptedException {
        try {
            for (var key : writer.write(plan, permit)) {
                refresh(key, catalog);
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ForeignRegistryException withoutPermit) {
                throw withoutPermit;
            }
            throw new ForeignRegistryException("Kubernetes refuses a write: " + FailureReasons.of(e), e);
        }
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::stop);
        writer.close();
        client.close();
    }
}
