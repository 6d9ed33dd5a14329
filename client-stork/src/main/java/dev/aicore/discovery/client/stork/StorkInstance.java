package dev.aicore.discovery.client.stork;

import dev.aicore.discovery.client.RegisteredInstance;
import dev.aicore.discovery.client.Service;
import io.smallrye.stork.api.ServiceInstance;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Instance of a service for Stork. Outcomes of calls go to the client, which reports them to the registry. */
final class StorkInstance implements ServiceInstance {

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final Service service;
    private final RegisteredInstance registered;
    private final long number;
    private final boolean secure;
    private final Map<String, String> labels;

    private StorkInstance(Service service, RegisteredInstance registered, long number, boolean secure) {
        this.service = service;
        this.registered = registered;
        this.number = number;
        this.secure = secure;
        var all = new HashMap<>(registered.metadata());
        all.putIfAbsent("id", registered.id());
        all.putIfAbsent("zone", registered.zone());
        all.putIfAbsent("version", registered.version());
        all.putIfAbsent("weight", Integer.toString(registered.weight()));
        this.labels = Map.copyOf(all);
    }

    /**
     * Creates an instance with a new number.
     *
     * @param secure whether calls use TLS, whatever the protocol of the instance
     */
    static StorkInstance of(Service service, RegisteredInstance registered, boolean secure) {
        return new StorkInstance(service, registered, NUMBERS.incrementAndGet(), secure);
    }

    /** Returns a copy with a new state of the instance. */
    StorkInstance with(RegisteredInstance changed) {
        return new StorkInstance(service, changed, number, secure);
    }

    RegisteredInstance registered() {
        return registered;
    }

    @Override
    public long getId() {
        return number;
    }

    @Override
    public String getHost() {
        return registered.address();
    }

    @Override
    public int getPort() {
        return registered.port();
    }

    @Override
    public Optional<String> getPath() {
        return Optional.empty();
    }

    @Override
    public boolean isSecure() {
        return secure || registered.protocol().equals("https");
    }

    /** Returns the metadata, and {@code id}, {@code zone}, {@code version} and {@code weight} unless it has them. */
    @Override
    public Map<String, String> getLabels() {
        return labels;
    }

    @Override
    public boolean gatherStatistics() {
        return true;
    }

    @Override
    public void recordEnd(@Nullable Throwable failure) {
        try (var call = service.call(registered)) {
            if (failure == null) {
                call.succeeded();
            } else {
                call.failed();
            }
        }
    }

    @Override
    public String toString() {
        return registered.id() + " at " + registered.address() + ":" + registered.port();
    }
}
