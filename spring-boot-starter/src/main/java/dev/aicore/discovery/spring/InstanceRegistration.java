package dev.aicore.discovery.spring;

import dev.aicore.discovery.client.Instance;
import dev.aicore.discovery.client.Registration;
import dev.aicore.discovery.client.RegistrationState;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Registration of this process, from the start of its web server to the end. Without a port there is none, and every
 * method has no effect: in a process without a web server, and in tests with a mock of it.
 */
public final class InstanceRegistration {
    private static final Log LOG = LogFactory.getLog(InstanceRegistration.class);

    private final Function<Instance, Registration> client;
    private final Supplier<Instance> declaration;
    private final List<RegistrationHook> hooks;
    private final boolean failFast;
    private volatile @Nullable Registration registration;

    /**
     * @param client registers an instance: in the background, or with {@code failFast} at once
     * @param declaration declares this process; with port 0 while none is known
     * @param failFast whether {@link #register} fails unless the registry has answered
     */
    InstanceRegistration(
            Function<Instance, Registration> client,
            Supplier<Instance> declaration,
            List<RegistrationHook> hooks,
            boolean failFast) {
        this.client = client;
        this.declaration = declaration;
        this.hooks = hooks;
        this.failFast = failFast;
    }

    /** Returns the registration; null before the start, after the end, and without a port. */
    public @Nullable Registration current() {
        return registration;
    }

    /**
     * Registers this process as starting.
     *
     * @throws IllegalStateException if the start is to fail with the registration
     */
    void register() {
        var instance = declaration.get();
        if (registration != null || instance.port() == 0) {
            return;
        }
        for (var hook : hooks) {
            instance = hook.beforeRegister(instance);
        }
        var registered = client.apply(instance);
        if (failFast) {
            requireRegistered(registered);
        }
        registration = registered;
        var unused = registered
                .registered()
                .thenAccept(answered -> hooks.forEach(hook -> hook.afterRegister(answered)))
                .exceptionally(InstanceRegistration::logFailure);
    }

    /** The future is cancelled if the application stops before an answer. */
    private static @Nullable Void logFailure(Throwable failure) {
        if (!(failure instanceof CancellationException || failure.getCause() instanceof CancellationException)) {
            LOG.error("This instance isn't registered, or a hook of its registration failed", failure);
        }
        return null;
    }

    private static void requireRegistered(Registration registered) {
        var status = registered.status();
        if (status.state() != RegistrationState.REGISTERED) {
            registered.leave("the start has failed");
            throw new IllegalStateException("This instance can't be registered: " + status.error());
        }
    }

    /** Reports this process as healthy or unhealthy with each heartbeat. */
    void report(boolean healthy) {
        var present = registration;
        if (present == null) {
            return;
        }
        if (healthy) {
            present.ready();
        } else {
            present.notReady();
        }
    }

    /** Adds a pair to the metadata, or replaces its value, at the registry too. */
    public void addMetadata(String key, String value) {
        var present = registration;
        if (present != null) {
            present.update(present.instance().metadata(key, value));
        }
    }

    /** Announces the end; returns false if there is nothing to announce. */
    boolean drain() {
        var present = registration;
        if (present == null) {
            return false;
        }
        present.drain("the application stops");
        return true;
    }

    /** Deregisters this process. */
    void leave() {
        var leaving = registration;
        if (leaving == null) {
            return;
        }
        registration = null;
        hooks.forEach(hook -> hook.beforeLeave(leaving));
        leaving.leave("the application has stopped");
        hooks.forEach(hook -> hook.afterLeave(leaving));
    }
}
