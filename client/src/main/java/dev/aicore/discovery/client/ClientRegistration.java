package dev.aicore.discovery.client;

import dev.aicore.discovery.client.http.WireRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Registration of this process. Its lock orders the requests that change it, so that none undoes a later one. */
final class ClientRegistration implements Registration {

    static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);

    private static final int NO_CONNECTIONS = -1;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final HeartbeatLoop heartbeats;
    private final RegistryRequests requests;
    private final ClientTime time;
    private final Duration leaveTimeout;
    private final UpdateRetry updates;
    private final ReentrantLock lock = new ReentrantLock();
    private final CompletableFuture<Registration> registered = new CompletableFuture<>();
    private volatile Instance instance;
    private volatile @Nullable String id;
    private volatile RegistrationState state = RegistrationState.PENDING;

    /** Set once the registry has registered the instance. */
    private volatile boolean known;

    /** Health to report; null before the first report, while the instance is starting. */
    private volatile @Nullable Boolean health;

    private volatile @Nullable String maintenance;
    private volatile IntSupplier connections = () -> NO_CONNECTIONS;
    private volatile Duration interval = DEFAULT_INTERVAL;
    private volatile @Nullable Instant lastHeartbeat;
    private volatile @Nullable String error;

    /** Health that the registry last received; null before the first report. */
    private volatile @Nullable Boolean reported;

    /**
     * Creates a registration that is pending.
     *
     * @param timeouts times for which its writes wait for the registry
     */
    ClientRegistration(
            HeartbeatLoop heartbeats,
            RegistryRequests requests,
            ClientTime time,
            WriteTimeouts timeouts,
            Instance instance) {
        this.heartbeats = heartbeats;
        this.requests = requests;
        this.time = time;
        this.leaveTimeout = timeouts.leave();
        this.updates = new UpdateRetry(requests, time, timeouts.update());
        this.instance = instance;
        this.id = instance.id();
    }

    @Override
    public Instance instance() {
        return instance;
    }

    @Override
    public @Nullable String id() {
        return id;
    }

    @Override
    public RegistrationStatus status() {
        return new RegistrationStatus(id, instance.name(), state, Boolean.TRUE.equals(health), lastHeartbeat, error);
    }

    @Override
    public CompletableFuture<Registration> registered() {
        return registered;
    }

    @Override
    public void ready() {
        report(true);
    }

    @Override
    public void notReady() {
        report(false);
    }

    private void report(boolean isHealthy) {
        health = isHealthy;
        heartbeats.beatNow();
    }

    @Override
    public void connections(IntSupplier source) {
        connections = source;
    }

    @Override
    public void update(Instance changed) {
        if (!changed.name().equals(instance.name())) {
            throw new IllegalArgumentException(
                    "The name of an instance cannot change (expected: " + instance.name() + ").");
        }
        lock.lock();
        try {
            instance = changed;
            if (state == RegistrationState.REGISTERED) {
                // Registering a known id again replaces its declaration, and is repeated until it works.
                state = RegistrationState.PENDING;
            }
        } finally {
            lock.unlock();
        }
        heartbeats.beatNow();
    }

    @Override
    public void maintenance(boolean enabled, String reason) {
        lock.lock();
        try {
            maintenance = enabled ? reason : null;
            if (isPresent()) {
                updates.send(path(), Map.of("status", enabled ? "maintenance" : "active", "reason", reason));
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void drain(String reason) {
        updates.stop();
        inTime(() -> {
            if (state == RegistrationState.REGISTERED || state == RegistrationState.PENDING) {
                state = RegistrationState.DRAINING;
            }
            if (known) {
                requests.updateWithin(leaveTimeout, path(), Map.of("status", "draining", "reason", reason));
            }
        });
    }

    @Override
    public void leave(String reason) {
        heartbeats.remove(this);
        updates.stop();
        inTime(() -> {
            boolean wasRefused = state == RegistrationState.REFUSED;
            state = RegistrationState.LEFT;
            if (known && !wasRefused) {
                deregister(reason);
            }
        });
        registered.cancel(false);
    }

    private void deregister(String reason) {
        var answer = requests.send(WireRequest.delete(path())
                .header("X-Reason", RegistryRequests.headerText(reason))
                .within(leaveTimeout));
        if (answer.isFailure() && answer.status() != NOT_FOUND && answer.status() != GONE) {
            throw RegistryRequests.refusal(answer);
        }
    }

    /**
     * Runs a change, after the timeout even while another request is under way: shutdown must not wait for a lost
     * registry.
     */
    private void inTime(Runnable change) {
        boolean isLocked = false;
        try {
            isLocked = lock.tryLock(leaveTimeout.toMillis(), TimeUnit.MILLISECONDS);
            change.run();
        } catch (RegistryRequestException e) {
            error = e.getMessage();
            RegistryRequests.LOG.log(
                    System.Logger.Level.WARNING, "{0} of {1}: {2}", state, instance.name(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (isLocked) {
                lock.unlock();
            }
        }
    }

    // --- called by the heartbeat loop ------------------------------------------------------------------------

    /** Ends the repetition of an update, which would wait for a timer that has ended. */
    void close() {
        updates.close();
    }

    boolean isPending() {
        return state == RegistrationState.PENDING;
    }

    /** Returns true if the registry should know the instance. */
    boolean isPresent() {
        return state == RegistrationState.REGISTERED || (state == RegistrationState.DRAINING && known);
    }

    Duration interval() {
        return interval;
    }

    /** Returns true if the registry must receive health or load, and not only a sign of life. */
    boolean isReportDue() {
        var current = health;
        return connections.getAsInt() >= 0 || (current != null && (!current || !current.equals(reported)));
    }

    /** Registers unless the instance has left meanwhile. */
    void register() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (state == RegistrationState.PENDING) {
                var answer = requests.register(instance, id, Boolean.TRUE.equals(health));
                id = answer.text("id");
                known = true;
                if (state == RegistrationState.LEFT) {
                    deregister("left while it was registered");
                    return;
                }
                String reason = maintenance;
                if (reason != null) {
                    // Registers again if this fails: the instance must not get calls meanwhile.
                    requests.update(path(), Map.of("status", "maintenance", "reason", reason));
                }
                interval = Duration.ofSeconds(Math.max(1, answer.number("heartbeat_interval", interval.toSeconds())));
                reported = "healthy".equals(answer.text("health"));
                state = RegistrationState.REGISTERED;
                error = null;
                registered.complete(this);
            }
        } catch (RegistryRequestException e) {
            if (!RegistryRequests.isPermanent(e)) {
                error = e.getMessage();
                throw e;
            }
            refused(e);
        } finally {
            lock.unlock();
        }
    }

    /** Ends the registration because of a refusal that a repetition would not change. */
    void refused(RegistryRequestException cause) {
        error = cause.getMessage();
        if (state != RegistrationState.LEFT) {
            state = RegistrationState.REFUSED;
            RegistryRequests.LOG.log(
                    System.Logger.Level.ERROR, "The registration of {0} was refused: {1}", instance.name(), error);
        }
        registered.completeExceptionally(cause);
    }

    /** Records that the registry doesn't know the instance. One that finishes its calls isn't registered again. */
    void forgotten() {
        if (state == RegistrationState.REGISTERED) {
            state = RegistrationState.PENDING;
        }
    }

    /**
     * Records an answered heartbeat.
     *
     * @param sent the health that it reported; null if it reported none
     */
    void renewed(@Nullable Boolean sent) {
        lastHeartbeat = time.instant();
        error = null;
        if (sent != null) {
            reported = sent;
        }
    }

    void failed(String cause) {
        error = cause;
    }

    /** Returns the health to report; null while the instance is starting. */
    @Nullable
    Boolean health() {
        return health;
    }

    /**
     * Returns the members of a heartbeat.
     *
     * @param reportedHealth null to report none
     */
    Map<String, Object> heartbeat(@Nullable Boolean reportedHealth) {
        var members = new LinkedHashMap<String, Object>();
        if (reportedHealth != null) {
            members.put("status", reportedHealth ? "healthy" : "unhealthy");
        }
        int open = connections.getAsInt();
        if (open >= 0) {
            members.put("active_connections", open);
        }
        return members;
    }

    private String path() {
        return "/api/v1/services/" + WireRequest.encode(String.valueOf(id));
    }
}
