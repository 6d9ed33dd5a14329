package dev.aicore.discovery.client.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** State of a test registry: instances, changes in order, and a clock that can be advanced. Guarded by itself. */
class RegistryStore {

    static final double PANIC_THRESHOLD = 0.3;

    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration MAX_WAIT = Duration.ofMillis(200);
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final InstantSource clock;
    private final Map<String, StoredInstance> instances = new TreeMap<>();
    private final Map<String, List<Map<String, Object>>> histories = new TreeMap<>();
    private final Map<String, Instant> deregistered = new TreeMap<>();
    private final List<StoredChange> changes = new ArrayList<>();
    private Duration offset = Duration.ZERO;
    private String id = UUID.randomUUID().toString();
    private long position = 1;

    /** Set once an instance had a lease: without any, nothing can expire. */
    private boolean hasLeases;

    RegistryStore(InstantSource clock) {
        this.clock = clock;
    }

    /** Change of a service; {@code json} is the data of its event. */
    record StoredChange(String service, long position, Map<String, Object> json) {}

    static String text(Instant instant) {
        return MILLIS.format(instant);
    }

    synchronized Instant now() {
        return clock.instant().plus(offset);
    }

    synchronized void advance(Duration time) {
        offset = offset.plus(time);
        expireDue();
    }

    synchronized String id() {
        return id;
    }

    synchronized long position() {
        return position;
    }

    // --- writes ----------------------------------------------------------------------------------------------

    /** Registers, or replaces the declaration of a known id. Returns the view; {@code created} if the id is new. */
    synchronized Map<String, Object> register(
            Map<String, @Nullable Object> body, String owner, @Nullable String reason) {
        var declaration = Declarations.validated(body);
        String initial = Declarations.choice(body, "initial_status", "healthy", Set.of("healthy", "starting"));
        String instanceId = Declarations.idOf(body, declaration);
        var known = find(instanceId);
        boolean isNew = known == null;
        if (known == null) {
            known = new StoredInstance(instanceId, owner, declaration, initial, now());
            instances.put(instanceId, known);
            deregistered.remove(instanceId);
            record(known, "InstanceRegistered", "registered", reason, owner);
        } else {
            requireOwner(known, owner);
            requireSameName(known, declaration);
            known.renewedAt = now();
            boolean wasExpired = known.lease.equals("expired");
            known.lease = "live";
            if (!known.declaration.equals(declaration) || wasExpired) {
                known.declaration = declaration;
                known.declarationVersion++;
                record(known, "InstanceUpdated", "changed", reason, owner);
            }
        }
        var view = known.view();
        view.put("created", isNew);
        if (known.ttl() > 0) {
            view.put("heartbeat_interval", Math.max(1, Math.min(10, known.ttl() / 3)));
        }
        return view;
    }

    synchronized Map<String, Object> update(String instanceId, Map<String, @Nullable Object> body, String caller) {
        var known = present(instanceId);
        requireOwner(known, caller);
        var merged = new LinkedHashMap<String, @Nullable Object>(known.declaration);
        body.forEach((name, value) -> {
            if (name.equals("metadata") && value instanceof Map<?, ?> map) {
                var pairs = new LinkedHashMap<Object, Object>(known.metadata());
                pairs.putAll(map);
                merged.put(name, pairs);
            } else if (value == null) {
                merged.remove(name);
            } else {
                merged.put(name, value);
            }
        });
        if (body.get("id") != null && !instanceId.equals(body.get("id"))) {
            throw Refusal.field("validation_failed", "id", "can't change", body.get("id"), instanceId);
        }
        requireSameName(known, merged);
        String declared =
                Declarations.choice(body, "status", known.declared, Set.of("active", "maintenance", "draining"));
        merged.remove("id");
        var declaration = Declarations.validated(merged);
        if (!declaration.equals(known.declaration) || !declared.equals(known.declared)) {
            known.declaration = declaration;
            known.declared = declared;
            known.declarationVersion++;
            record(known, "InstanceUpdated", "changed", (String) body.get("reason"), caller);
        }
        return known.view();
    }

    synchronized void deregister(String instanceId, String by, @Nullable String reason) {
        var known = find(instanceId);
        if (known == null) {
            throw Refusal.unknown(instanceId);
        }
        instances.remove(instanceId);
        deregistered.put(instanceId, now());
        gone(known, "InstanceDeregistered", "deregistered", reason, by);
    }

    /** Renews a lease. Returns whether that revived the instance. */
    synchronized boolean renew(String instanceId, @Nullable String health, String caller) {
        var known = present(instanceId);
        requireOwner(known, caller);
        known.renewedAt = now();
        boolean isRevived = known.lease.equals("expired");
        known.lease = "live";
        boolean isChanged = health != null && !health.equals(known.health);
        if (health != null) {
            known.health = health;
        }
        if (isRevived || isChanged) {
            record(known, isRevived ? "InstanceRevived" : "HealthChanged", "changed", null, "registry");
        }
        return isRevived;
    }

    /** Sets a state of an instance that clients can't set themselves. */
    synchronized void force(String instanceId, String health, String breaker) {
        var known = present(instanceId);
        known.health = health;
        known.breaker = breaker;
        record(known, "HealthChanged", "changed", null, "registry");
    }

    synchronized void expire(String instanceId) {
        var known = present(instanceId);
        known.lease = "expired";
        record(known, "LeaseExpired", "changed", null, "registry");
    }

    synchronized void forgetAll() {
        for (var known : List.copyOf(instances.values())) {
            instances.remove(known.id);
            gone(known, "InstanceRemoved", "removed", null, "registry");
        }
        histories.clear();
        deregistered.clear();
    }

    synchronized void becomeOther() {
        instances.clear();
        histories.clear();
        deregistered.clear();
        changes.clear();
        position = 1;
        id = UUID.randomUUID().toString();
        notifyAll();
    }

    /** Takes the next position for a change of anything else. */
    synchronized long advancePosition() {
        notifyAll();
        return ++position;
    }

    private void record(StoredInstance known, String type, String change, @Nullable String reason, String actor) {
        known.position = ++position;
        known.updatedAt = now();
        var json = change(known, change);
        json.put("instance", known.view());
        remember(known, type, json, reason, actor);
    }

    private void gone(StoredInstance known, String type, String cause, @Nullable String reason, String actor) {
        position++;
        var json = change(known, "gone");
        json.put("reason", cause);
        remember(known, type, json, reason, actor);
    }

    private Map<String, Object> change(StoredInstance known, String change) {
        var json = new LinkedHashMap<String, Object>();
        json.put("service_name", known.service());
        json.put("position", position);
        json.put("at", text(now()));
        json.put("type", change);
        json.put("id", known.id);
        return json;
    }

    private void remember(
            StoredInstance known, String type, Map<String, Object> json, @Nullable String reason, String actor) {
        hasLeases |= known.ttl() > 0;
        changes.add(new StoredChange(known.service(), position, json));
        var entry = new LinkedHashMap<String, Object>();
        entry.put("position", position);
        entry.put("at", text(now()));
        entry.put("type", type);
        entry.put("service_id", known.id);
        entry.put("service_name", known.service());
        entry.put("actor", actor);
        if (reason != null) {
            entry.put("reason", reason);
        }
        histories.computeIfAbsent(known.id, ignored -> new ArrayList<>()).add(entry);
        notifyAll();
    }

    private void expireDue() {
        if (!hasLeases) {
            return;
        }
        for (var known : List.copyOf(instances.values())) {
            if (known.ttl() == 0) {
                continue;
            }
            var silence = Duration.between(known.renewedAt, now());
            if (known.lease.equals("live") && silence.toSeconds() >= known.ttl()) {
                known.lease = "expired";
                record(known, "LeaseExpired", "changed", null, "registry");
            }
            if (silence.toSeconds() >= known.ttl() + GRACE.toSeconds()) {
                instances.remove(known.id);
                gone(known, "InstanceRemoved", "removed", null, "registry");
            }
        }
    }

    // --- reads -----------------------------------------------------------------------------------------------

    private @Nullable StoredInstance find(String instanceId) {
        expireDue();
        return instances.get(instanceId);
    }

    synchronized StoredInstance present(String instanceId) {
        var known = find(instanceId);
        if (known != null) {
            return known;
        }
        if (deregistered.containsKey(instanceId)) {
            throw Refusal.of(410, "instance_deregistered", "The instance " + instanceId + " was deregistered.");
        }
        throw Refusal.unknown(instanceId);
    }

    synchronized List<Map<String, Object>> history(String instanceId) {
        var entries = histories.get(instanceId);
        if (entries == null) {
            throw Refusal.unknown(instanceId);
        }
        return List.copyOf(entries);
    }

    /** Returns the present instances of a service, or of all, ordered by id. */
    synchronized List<StoredInstance> list(@Nullable String service) {
        expireDue();
        return instances.values().stream()
                .filter(known -> service == null || known.service().equals(service))
                .toList();
    }

    /** Returns the position of the last change of a service; 1 if there was none. */
    synchronized long index(String service) {
        long index = 1;
        for (var change : changes) {
            index = change.service().equals(service) ? change.position() : index;
        }
        return index;
    }

    synchronized List<StoredChange> changesAfter(long after, Set<String> services) {
        expireDue();
        return changes.stream()
                .filter(change -> change.position() > after && services.contains(change.service()))
                .toList();
    }

    /** Waits for the next change of anything, or a moment. */
    // The caller's loop has the condition.
    @SuppressWarnings("WaitNotInLoop")
    synchronized void awaitChange() throws InterruptedException {
        wait(MAX_WAIT.toMillis());
    }

    private static void requireOwner(StoredInstance known, String caller) {
        if (!known.owner.equals(caller) && !caller.equals(RegistryRoutes.ADMIN)) {
            throw Refusal.of(409, "owned_by_another", "The instance " + known.id + " belongs to another principal.");
        }
    }

    private static void requireSameName(StoredInstance known, Map<String, ? extends @Nullable Object> body) {
        Object name = body.get("name");
        if (name != null && !name.equals(known.service())) {
            throw Refusal.of(422, "name_immutable", "The name of an instance cannot change.");
        }
    }
}
