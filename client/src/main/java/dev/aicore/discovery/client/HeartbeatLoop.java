package dev.aicore.discovery.client;

import dev.aicore.discovery.client.ClientCounts.HeartbeatOutcome;
import dev.aicore.discovery.client.http.WireRequest;
import dev.aicore.discovery.client.http.WireResponse;
import dev.aicore.discovery.client.json.JsonObject;
import dev.aicore.discovery.client.json.JsonWriter;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the registrations of this process registered: one loop that registers those that the registry doesn't know, and
 * renews the leases of all others in one batch.
 *
 * <pre>
 *   pending ── register ──→ registered ── heartbeat ──→ registered
 *      ↑                        │
 *      └── unknown_instance ────┘
 * </pre>
 */
final class HeartbeatLoop implements AutoCloseable {

    private static final System.Logger LOG = RegistryRequests.LOG;
    private static final String PATH = "/api/v1/heartbeats";
    private static final int MAX_BATCH = 1_000;
    private static final int BAD_REQUEST = 400;
    private static final int MAX_RETRY_SHIFT = 2;

    /** Maximum number of lists in all views of a batch, which keeps its body below half a megabyte. */
    private static final int MAX_BATCH_LISTS = 2_000;

    private final RegistryRequests requests;
    private final ClientTime time;
    private final ClientCounters counters;
    private final boolean staysOut;
    private final Supplier<List<ServiceState>> lists;
    private final List<ClientRegistration> registrations = new CopyOnWriteArrayList<>();
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean repeat = new AtomicBoolean();
    private volatile boolean closed;
    private volatile Runnable cancelNext = () -> {};

    /** Set while the registry accepts health and load in a batch; older ones accept ids alone. */
    private volatile boolean sendsReports = true;

    /** Set while the registry accepts the positions of lists in heartbeats. */
    private volatile boolean sendsViews = true;

    private int failures;

    /**
     * Creates a loop without registrations.
     *
     * @param staysOut whether an instance that somebody else deregistered stays deregistered
     * @param lists lists whose positions are reported with the heartbeats
     */
    HeartbeatLoop(
            RegistryRequests requests,
            ClientTime time,
            ClientCounters counters,
            boolean staysOut,
            Supplier<List<ServiceState>> lists) {
        this.requests = requests;
        this.time = time;
        this.counters = counters;
        this.staysOut = staysOut;
        this.lists = lists;
    }

    void add(ClientRegistration registration) {
        registrations.add(registration);
        beatNow();
    }

    void remove(ClientRegistration registration) {
        registrations.remove(registration);
    }

    List<ClientRegistration> registrations() {
        return List.copyOf(registrations);
    }

    /** Runs the loop as soon as possible, in the background. */
    void beatNow() {
        if (!closed) {
            repeat.set(true);
            time.schedule(Duration.ZERO, this::run);
        }
    }

    /** Runs once. A call during another run makes that one run again. */
    private void run() {
        if (closed || !running.compareAndSet(false, true)) {
            return;
        }
        cancelNext.run();
        boolean isComplete = false;
        try {
            do {
                repeat.set(false);
                boolean isRegistered = registerPending();
                isComplete = renew() && isRegistered;
            } while (isComplete && repeat.get() && !closed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Heartbeats failed unexpectedly and are repeated.", e);
        } finally {
            failures = isComplete ? 0 : failures + 1;
            running.set(false);
            scheduleNext();
        }
    }

    private void scheduleNext() {
        if (closed || registrations.isEmpty()) {
            return;
        }
        Duration interval = registrations.stream()
                .map(ClientRegistration::interval)
                .min(Duration::compareTo)
                .orElse(ClientRegistration.DEFAULT_INTERVAL);
        // Earlier by lot, so that processes that started together don't send together.
        long millis = interval.toMillis();
        long delay = millis - ThreadLocalRandom.current().nextLong(millis / 10 + 1);
        if (failures > 0) {
            delay = Math.min(delay, 1_000L << Math.min(failures - 1, MAX_RETRY_SHIFT));
        }
        cancelNext = time.schedule(Duration.ofMillis(repeat.get() ? 0 : delay), this::run);
    }

    /** Registers those that the registry doesn't know; returns false if one must be repeated. */
    private boolean registerPending() throws InterruptedException {
        boolean isComplete = true;
        for (var registration : registrations) {
            if (registration.isPending()) {
                try {
                    registration.register();
                } catch (RegistryRequestException e) {
                    LOG.log(Level.DEBUG, "A registration is repeated: {0}", e.getMessage());
                    isComplete = false;
                }
            }
        }
        return isComplete;
    }

    /** Renews all leases; returns false if one must be repeated soon. */
    private boolean renew() {
        var present =
                registrations.stream().filter(ClientRegistration::isPresent).toList();
        boolean isComplete = true;
        for (int begin = 0; begin < present.size(); begin += MAX_BATCH) {
            isComplete &= renew(present.subList(begin, Math.min(present.size(), begin + MAX_BATCH)));
        }
        return isComplete;
    }

    private boolean renew(List<ClientRegistration> batch) {
        try {
            return sendsReports ? reportTogether(batch) : reportAlone(batch);
        } catch (RegistryRequestException e) {
            batch.forEach(registration -> {
                registration.failed(String.valueOf(e.getMessage()));
                counters.heartbeat(HeartbeatOutcome.FAILED);
            });
            LOG.log(Level.DEBUG, "Heartbeats are repeated: {0}", e.getMessage());
            return false;
        }
    }

    /** Sends health and load of all in one request, and what this process knows of services. */
    private boolean reportTogether(List<ClientRegistration> batch) {
        var view = sendsViews ? ViewReport.of(lists.get()) : List.<Map<String, Object>>of();
        int left = MAX_BATCH_LISTS;
        var sent = new LinkedHashMap<ClientRegistration, @Nullable Boolean>();
        var heartbeats = new ArrayList<Map<String, Object>>();
        for (var registration : batch) {
            var health = registration.health();
            sent.put(registration, health);
            var heartbeat = new LinkedHashMap<String, Object>();
            heartbeat.put("id", Objects.requireNonNull(registration.id()));
            heartbeat.putAll(registration.heartbeat(health));
            if (!view.isEmpty() && view.size() <= left) {
                heartbeat.put(ViewReport.MEMBER, view);
                left -= view.size();
            }
            heartbeats.add(heartbeat);
        }
        var answer = requests.send(WireRequest.post(PATH, JsonWriter.write(Map.of("heartbeats", heartbeats))));
        boolean isTooNew = answer.status() == BAD_REQUEST && !answer.isForeign();
        if (isTooNew && !view.isEmpty()) {
            LOG.log(Level.DEBUG, "Heartbeats no longer report positions of lists: {0}", answer.detail());
            sendsViews = false;
            return reportTogether(batch);
        }
        if (isTooNew) {
            sendsReports = false;
            return reportAlone(batch);
        }
        return settle(answer, sent);
    }

    /** Sends one request for each instance with something to report, and one batch for all others. */
    private boolean reportAlone(List<ClientRegistration> batch) {
        boolean isComplete = true;
        var others = new LinkedHashMap<ClientRegistration, @Nullable Boolean>();
        for (var registration : batch) {
            if (!registration.isReportDue()) {
                others.put(registration, null);
                continue;
            }
            var health = registration.health();
            String id = Objects.requireNonNull(registration.id());
            var answer = requests.send(WireRequest.post(
                    "/api/v1/services/" + WireRequest.encode(id) + "/heartbeat",
                    JsonWriter.write(registration.heartbeat(health))));
            isComplete &= settle(registration, answer.isFailure() ? answer.code() : "renewed", answer.detail(), health);
        }
        if (!others.isEmpty()) {
            var ids = others.keySet().stream().map(ClientRegistration::id).toList();
            isComplete &= settle(requests.send(WireRequest.post(PATH, JsonWriter.write(Map.of("ids", ids)))), others);
        }
        return isComplete;
    }

    private boolean settle(WireResponse answer, Map<ClientRegistration, @Nullable Boolean> sent) {
        if (answer.isFailure()) {
            throw RegistryRequests.refusal(answer);
        }
        var outcomes = new LinkedHashMap<String, JsonObject>();
        answer.data().objects("outcomes").forEach(outcome -> outcomes.put(outcome.text("id", ""), outcome));
        boolean isComplete = true;
        for (var entry : sent.entrySet()) {
            var outcome = outcomes.get(String.valueOf(entry.getKey().id()));
            isComplete &= outcome != null
                    && settle(
                            entry.getKey(), outcome.text("outcome", ""), outcome.text("detail", ""), entry.getValue());
        }
        return isComplete;
    }

    /** Applies the outcome of a heartbeat; returns false if it must be repeated soon. */
    private boolean settle(ClientRegistration registration, String outcome, String detail, @Nullable Boolean reported) {
        counters.heartbeat(counted(outcome));
        switch (outcome) {
            case "renewed", "revived" -> registration.renewed(reported);
            case "unknown_instance" -> forgotten(registration, "is unknown to the registry");
            case "instance_deregistered" -> deregistered(registration);
            case "owned_by_another" -> registration.refused(new RegistryRequestException(409, outcome, detail));
            default -> {
                registration.failed(outcome + ": " + detail);
                return false;
            }
        }
        return true;
    }

    private static HeartbeatOutcome counted(String outcome) {
        return switch (outcome) {
            case "renewed", "revived" -> HeartbeatOutcome.RENEWED;
            case "unknown_instance", "instance_deregistered" -> HeartbeatOutcome.UNKNOWN;
            case "owned_by_another" -> HeartbeatOutcome.REFUSED;
            default -> HeartbeatOutcome.FAILED;
        };
    }

    private void deregistered(ClientRegistration registration) {
        String id = String.valueOf(registration.id());
        if (registration.status().state() != RegistrationState.REGISTERED) {
            return;
        }
        String cause = requests.describeDeregistration(id);
        if (staysOut) {
            registration.refused(
                    new RegistryRequestException(410, "instance_deregistered", "Deregistered " + cause + "."));
        } else {
            forgotten(registration, "was deregistered " + cause);
        }
    }

    private void forgotten(ClientRegistration registration, String cause) {
        if (registration.status().state() != RegistrationState.REGISTERED) {
            return;
        }
        LOG.log(
                Level.WARNING,
                "{0} ({1}) {2}, and is registered again.",
                registration.instance().name(),
                registration.id(),
                cause);
        registration.forgotten();
        repeat.set(true);
    }

    @Override
    public void close() {
        closed = true;
        cancelNext.run();
        registrations.forEach(ClientRegistration::close);
    }
}
