package dev.aicore.discovery.bridge.kubernetes;

import dev.aicore.discovery.bridge.model.BridgeOrigin;
import dev.aicore.discovery.bridge.model.BridgePlan;
import dev.aicore.discovery.bridge.model.BridgedInstance;
import dev.aicore.discovery.bridge.model.BridgedInstance.State;
import dev.aicore.discovery.bridge.sync.ForeignCatalog;
import dev.aicore.discovery.bridge.sync.ForeignRegistry;
import dev.aicore.discovery.bridge.sync.ForeignRegistryException;
import dev.aicore.discovery.bridge.sync.WritePermit;
import dev.aicore.discovery.config.settings.BridgeDefinition;
import dev.aicore.discovery.config.time.TimeSource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The Services of a Kubernetes cluster. */
public final class KubernetesRegistry implements ForeignRegistry {

    private final KubernetesOptions options;
    private final BridgeOrigin origin;
    private final boolean exports;
    private final Duration timeout;
    private final TimeSource time;
    private volatile @Nullable OpenSession open;

    /**
     * Creates a registry that connects when it is followed.
     *
     * @param origin mark of what the bridge exports
     * @param timeout maximum duration of a request
     */
    public KubernetesRegistry(BridgeDefinition definition, BridgeOrigin origin, Duration timeout, TimeSource time) {
        this.options = KubernetesOptions.of(definition);
        this.origin = origin;
        this.exports = definition.exports();
        this.timeout = timeout;
        this.time = time;
    }

    /** Session with the catalog that it fills. */
    private record OpenSession(KubernetesSession session, ForeignCatalog catalog) {}

    @Override
    public void follow(ForeignCatalog catalog) throws ForeignRegistryException, InterruptedException {
        try (var session = new KubernetesSession(client(), options, origin, exports, timeout, time)) {
            open = new OpenSession(session, catalog);
            session.follow(catalog);
        } finally {
            open = null;
        }
    }

    private KubernetesClient client() throws ForeignRegistryException {
        try {
            var config = options.kubeconfig() == null
                    ? Config.autoConfigure(options.context())
                    : Config.fromKubeconfig(
                            options.context(), options.kubeconfig().toFile());
            int millis = Math.toIntExact(timeout.toMillis());
            config.setRequestTimeout(millis);
            config.setConnectionTimeout(millis);
            config.setRequestRetryBackoffLimit(0);
            return new KubernetesClientBuilder()
                    .withConfig(config)
                    .withHttpClientFactory(new JdkHttpClientFactory())
                    .build();
        } catch (RuntimeException e) {
            throw new ForeignRegistryException(
                    "The configuration of Kubernetes can't be used: " + FailureReasons.of(e), e);
        }
    }

    @Override
    public void write(BridgePlan plan, WritePermit permit) throws ForeignRegistryException, InterruptedException {
        var current = open;
        if (current == null) {
            throw new ForeignRegistryException("Kubernetes is not connected.");
        }
        current.session().write(plan, permit, current.catalog());
    }

    /** Kubernetes knows no maintenance, and each name of a Service belongs to one owner. */
    @Override
    public @Nullable BridgedInstance asStored(BridgedInstance instance) {
        var current = open;
        if (current == null || !current.session().accepts(instance.service())) {
            return null;
        }
        return instance.state() == State.MAINTENANCE ? instance.withState(State.UNHEALTHY) : instance;
    }

    @Override
    public void close() {
        var current = open;
        if (current != null) {
            current.session().close();
        }
    }
}
