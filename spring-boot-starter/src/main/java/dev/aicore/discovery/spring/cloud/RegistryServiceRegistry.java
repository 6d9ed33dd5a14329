package dev.aicore.discovery.spring.cloud;

import dev.aicore.discovery.client.Instance;
import dev.aicore.discovery.client.Registration;
import dev.aicore.discovery.client.RegistrationState;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;

/**
 * Spring Cloud's service registry. The statuses are {@code UP}, {@code DOWN} (unhealthy), {@code OUT_OF_SERVICE}
 * (maintenance) and {@code DRAINING}; actuator's endpoint {@code serviceregistry} sets them.
 */
final class RegistryServiceRegistry implements ServiceRegistry<RegistryRegistration> {
    private static final String REASON = "set by the service registry of Spring Cloud";

    private final Function<Instance, Registration> client;

    /** @param client registers an instance in the background */
    RegistryServiceRegistry(Function<Instance, Registration> client) {
        this.client = client;
    }

    /** Registers an instance as healthy. */
    @Override
    public void register(@Nullable RegistryRegistration registration) {
        if (registration != null && registration.active() == null) {
            var active = client.apply(registration.declaration());
            registration.activate(active);
            active.ready();
        }
    }

    @Override
    public void deregister(@Nullable RegistryRegistration registration) {
        var active = registration == null ? null : registration.active();
        if (registration != null && active != null) {
            registration.activate(null);
            active.leave("deregistered by the application");
        }
    }

    /** Has no effect: the client is closed with the application. */
    @Override
    public void close() {}

    @Override
    public void setStatus(RegistryRegistration registration, String status) {
        var active = registration.active();
        if (active == null) {
            throw new IllegalStateException("The instance isn't registered");
        }
        switch (status.toUpperCase(Locale.ROOT)) {
            case "UP" -> {
                active.maintenance(false, REASON);
                active.ready();
            }
            case "DOWN" -> active.notReady();
            case "OUT_OF_SERVICE" -> active.maintenance(true, REASON);
            case "DRAINING" -> active.drain(REASON);
            default ->
                throw new IllegalArgumentException(
                        "Unknown status: " + status + " (expected: UP, DOWN, OUT_OF_SERVICE or DRAINING)");
        }
    }

    /** Returns the status that the instance reports; {@code UNKNOWN} while it isn't registered. */
    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // The signature is Spring Cloud's.
    public <T> T getStatus(RegistryRegistration registration) {
        return (T) status(registration.active());
    }

    private static String status(@Nullable Registration active) {
        if (active == null) {
            return "UNKNOWN";
        }
        var status = active.status();
        if (status.state() == RegistrationState.DRAINING) {
            return "DRAINING";
        }
        return status.state() == RegistrationState.REGISTERED ? status.ready() ? "UP" : "DOWN" : "UNKNOWN";
    }
}
