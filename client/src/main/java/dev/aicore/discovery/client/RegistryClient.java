package dev.aicore.discovery.client;

import dev.aicore.discovery.client.ClientStatus.ServiceStatus;
import dev.aicore.discovery.client.SelectedService.PickLimits;
import dev.aicore.discovery.client.http.NodePool;
import dev.aicore.discovery.client.http.NodeTransport;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Client of a registry: registers instances of this process, and keeps the lists of services. Thread-safe; one per
 * process suffices. All its threads are daemons.
 *
 * <pre>
 * try (RegistryClient registry = RegistryClient.at("https://r1:8443", "https://r2:8443").apiKey(key).open()) {
 *     Registration me = registry.register(Instance.of("orders", 8080).version("1.4.2"));
 *     me.ready();
 *     Service payments = registry.service("payments");
 *     try (Pick pick = payments.pick()) {
 *         call(pick.uri());
 *         pick.succeeded();
 *     }
 *     me.drain();
 *     me.leave("redeployed");
 * }
 * </pre>
 */
public final class RegistryClient implements AutoCloseable {

    private static final Duration UNCONFIRMED = Duration.ofSeconds(-1);

    private final ClientTime time;
    private final NodeTransport transport;
    private final RegistryRequests requests;
    private final HeartbeatLoop heartbeats;
    private final ServiceWatcher watcher;
    private final @Nullable OutcomeLoop outcomes;
    private final @Nullable ListSaver saver;
    private final ThreadPoolExecutor listeners;
    private final ServiceOptions defaults;
    private final Duration startWait;
    private final WriteTimeouts writeTimeouts;
    private final PickLimits limits;
    private final ClientCounters counters = new ClientCounters();
    private final Map<ServiceKey, Service> services = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private record ServiceKey(String name, ServiceOptions options) {}

    RegistryClient(RegistryClientBuilder options) {
        time = Objects.requireNonNullElseGet(options.time, SystemTime::new);
        transport = new NodeTransport(
                new NodePool(options.nodes, ThreadLocalRandom.current()),
                options.credentials,
                options.tls,
                time::nanoTime);
        requests = new RegistryRequests(transport);
        listeners = listenerThread();
        defaults = options.defaults;
        startWait = options.startWait;
        limits = new PickLimits(
                options.firstAnswer, options.maxAge, UUID.randomUUID().toString());
        writeTimeouts = new WriteTimeouts(options.updateTimeout, options.leaveTimeout);
        watcher = new ServiceWatcher(transport, time, listeners, counters, options.idle, this::restoreLater);
        heartbeats = new HeartbeatLoop(
                requests, time, counters, options.staysOut, options.reportsViews ? watcher::states : List::of);
        outcomes = options.reportsOutcomes ? new OutcomeLoop(requests, time, watcher::states) : null;
        saver = saver(options);
        watcher.start();
        if (outcomes != null) {
            outcomes.start();
        }
        if (saver != null) {
            saver.start();
        }
    }

    private static ThreadPoolExecutor listenerThread() {
        // Each listener has at most one task in the queue.
        var executor = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            var thread = new Thread(task, "registry-client-listeners");
            thread.setDaemon(true);
            return thread;
        });
        executor.allowCoreThreadTimeOut(true);
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return executor;
    }

    private @Nullable ListSaver saver(RegistryClientBuilder options) {
        var directory = options.cacheDirectory;
        if (directory == null) {
            return null;
        }
        var file = new ListFile(directory, options.application, options.nodes, options.cacheMaxAge, time);
        return new ListSaver(file, time, watcher::states, transport::store);
    }

    /**
     * Begins a client of the nodes of one registry.
     *
     * @param nodes their URLs, at least one
     */
    public static RegistryClientBuilder at(String... nodes) {
        return at(Arrays.stream(nodes).map(URI::create).toList());
    }

    /**
     * Begins a client of the nodes of one registry.
     *
     * @param nodes their URLs, at least one
     */
    public static RegistryClientBuilder at(List<URI> nodes) {
        return new RegistryClientBuilder(List.copyOf(nodes));
    }

    /**
     * Registers an instance as starting, and waits at most {@code startWait}. If no node answers until then, the
     * registration is returned in state {@code PENDING} and retried until it works.
     *
     * @throws RegistryRequestException if the registry refuses it
     */
    public Registration register(Instance instance) {
        var registration = registerInBackground(instance);
        try {
            return registration.registered().get(startWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return registration;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RegistryRequestException refusal) {
                throw new RegistryRequestException(
                        refusal.status(), refusal.code(), String.valueOf(refusal.getMessage()));
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return registration;
        }
    }

    /** Registers an instance as starting, in the background. */
    public Registration registerInBackground(Instance instance) {
        var registration = new ClientRegistration(heartbeats, requests, time, writeTimeouts, instance);
        heartbeats.add(registration);
        return registration;
    }

    /** Returns a future of a registration; it fails if the registry refuses it. */
    public CompletableFuture<Registration> registerAsync(Instance instance) {
        return registerInBackground(instance).registered();
    }

    /** Returns a service with the default options, and starts to watch it unless it is watched. */
    public Service service(String name) {
        return service(name, defaults);
    }

    /**
     * Returns a service with its own options. Services of the same name share one watch.
     *
     * @throws IllegalArgumentException if the version of the options is malformed
     */
    public Service service(String name, ServiceOptions options) {
        return services.computeIfAbsent(
                new ServiceKey(name, options), key -> new SelectedService(watcher, key.name(), key.options(), limits));
    }

    private void restoreLater(ServiceState state) {
        var present = saver;
        if (present != null) {
            time.schedule(startWait, () -> present.restore(state));
        }
    }

    /**
     * Requests the names of all services with present instances, in order. Blocks.
     *
     * @throws RegistryRequestException if no node answers
     */
    public List<String> serviceNames() {
        return requests.serviceNames();
    }

    /**
     * Requests the newest configuration of a service. Blocks.
     *
     * @return empty if there is none
     * @throws RegistryRequestException if no node answers
     */
    public Optional<ServiceConfiguration> configuration(String service) {
        return requests.configuration(service, 0);
    }

    /**
     * Requests a version of the configuration of a service. Blocks.
     *
     * @return empty if there is no such version
     * @throws RegistryRequestException if no node answers
     */
    public Optional<ServiceConfiguration> configuration(String service, long version) {
        return requests.configuration(service, version);
    }

    /**
     * Waits until the configuration of a service changes, but at most for a time. Blocks.
     *
     * @param index {@link ServiceConfiguration#index} of the known version; 0 if there was none
     * @param wait at most 30 s
     * @return the newest version, which may be the known one; empty if there is none
     * @throws RegistryRequestException if no node answers
     */
    public Optional<ServiceConfiguration> awaitConfiguration(String service, long index, Duration wait) {
        return requests.awaitConfiguration(service, index, wait);
    }

    /**
     * Requests why discovery returns an instance or not: each rule, whether the instance passes it, and the change that
     * led to it. Blocks.
     *
     * @return the members of the registry's answer, such as {@code discovered}, {@code summary} and {@code rules}
     * @throws RegistryRequestException if no node answers, or the registry doesn't know the instance
     */
    public Map<String, @Nullable Object> explanation(String service, String id) {
        return requests.explanation(service, id);
    }

    /** Returns the state of the client, its services and its registrations. Never waits. */
    public ClientStatus status() {
        var states = watcher.states();
        var lastHeard = states.stream()
                .filter(ServiceState::isConfirmed)
                .map(state -> Objects.requireNonNullElse(state.age(), UNCONFIRMED))
                .min(Duration::compareTo)
                .orElse(null);
        return new ClientStatus(
                transport.nodes().current(),
                transport.store(),
                watcher.isConnected(),
                watcher.mode(),
                lastHeard,
                counters.reconnects(),
                states.stream().map(RegistryClient::status).toList(),
                heartbeats.registrations().stream().map(Registration::status).toList(),
                counters.counts());
    }

    private static ServiceStatus status(ServiceState state) {
        var list = state.list();
        var instances = list == null ? List.<ListedInstance>of() : list.instances();
        boolean panic = list != null && list.panic();
        return new ServiceStatus(
                state.name(),
                instances.size(),
                (int) instances.stream()
                        .filter(listed -> listed.isEligible(panic))
                        .count(),
                (int) instances.stream()
                        .filter(listed -> listed.stats().isEjected())
                        .count(),
                list == null ? 0 : list.position(),
                state.freshness(),
                state.age(),
                state.picks());
    }

    /** Returns the registrations that haven't left. */
    public List<Registration> registrations() {
        return List.copyOf(heartbeats.registrations());
    }

    /**
     * Ends watches, heartbeats and threads. Registrations that haven't left stay registered until their leases end.
     * Closing again has no effect.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        heartbeats.close();
        if (outcomes != null) {
            outcomes.close();
        }
        if (saver != null) {
            saver.close();
        }
        watcher.close();
        time.close();
        listeners.shutdownNow();
        transport.close();
    }

    /** Returns the node in use, without credentials. */
    @Override
    public String toString() {
        return "RegistryClient[" + transport.nodes().current() + "]";
    }
}
