package dev.aicore.discovery.spring.testing;

import dev.aicore.discovery.client.Instance;
import dev.aicore.discovery.client.Registration;
import dev.aicore.discovery.client.RegistrationState;
import dev.aicore.discovery.client.RegistrationStatus;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Registration that records what is requested of it. */
public final class RecordedRegistration implements Registration {
    private final Instance instance;
    private final List<String> requests;
    private volatile RegistrationState state = RegistrationState.REGISTERED;
    private volatile boolean ready;

    public RecordedRegistration(Instance instance) {
        this(instance, new CopyOnWriteArrayList<>());
    }

    /** @param requests receives the requests, the registration being the first */
    public RecordedRegistration(Instance instance, List<String> requests) {
        this.instance = instance;
        this.requests = requests;
        requests.add("register " + instance.name());
    }

    public List<String> requests() {
        return List.copyOf(requests);
    }

    public RecordedRegistration in(RegistrationState changed) {
        state = changed;
        return this;
    }

    @Override
    public Instance instance() {
        return instance;
    }

    @Override
    public @Nullable String id() {
        return instance.id();
    }

    @Override
    public RegistrationStatus status() {
        return new RegistrationStatus(id(), instance.name(), state, ready, null, null);
    }

    @Override
    public CompletableFuture<Registration> registered() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void ready() {
        ready = true;
        requests.add("ready");
    }

    @Override
    public void notReady() {
        ready = false;
        requests.add("not ready");
    }

    @Override
    public void connections(IntSupplier source) {}

    @Override
    public void update(Instance changed) {
        requests.add("update");
    }

    @Override
    public void maintenance(boolean enabled, String reason) {
        requests.add("maintenance " + enabled);
    }

    @Override
    public void drain(String reason) {
        state = RegistrationState.DRAINING;
        requests.add("drain");
    }

    @Override
    public void leave(String reason) {
        state = RegistrationState.LEFT;
        requests.add("leave");
    }
}
