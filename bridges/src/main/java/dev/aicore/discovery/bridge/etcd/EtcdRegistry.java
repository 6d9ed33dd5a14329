package dev.aicore.discovery.bridge.etcd;

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
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An etcd cluster. Its members are tried in turn. */
public final class EtcdRegistry implements ForeignRegistry {

    private final EtcdOptions options;
    private final EtcdInstanceCodec codec;
    private final @Nullable BridgeOrigin leased;
    private final Duration timeout;
    private final TimeSource time;
    private int attempts;
    private volatile @Nullable EtcdSession session;

    /**
     * Creates a registry that connects when it is followed.
     *
     * @param origin mark of what the bridge exports
     * @param timeout maximum duration of a request
     */
    public EtcdRegistry(BridgeDefinition definition, BridgeOrigin origin, Duration timeout, TimeSource time) {
        this.options = EtcdOptions.of(definition);
        this.codec = new EtcdInstanceCodec(options.keyPrefix(), options.grpcNaming());
        this.leased = definition.exports() ? origin : null;
        this.timeout = timeout;
        this.time = time;
    }

    @Override
    public void follow(ForeignCatalog catalog) throws ForeignRegistryException, InterruptedException {
        var endpoint = options.endpoints().get(attempts++ % options.endpoints().size());
        try (var opened = EtcdSession.open(endpoint, options, codec, leased, timeout, time)) {
            session = opened;
            opened.follow(catalog);
        } catch (StatusException | StatusRuntimeException | IOException e) {
            throw new ForeignRegistryException("etcd at " + endpoint + " can't be read: " + reason(e), e);
        } finally {
            session = null;
        }
    }

    @Override
    public void write(BridgePlan plan, WritePermit permit) throws ForeignRegistryException {
        var open = session;
        if (open == null) {
            throw new ForeignRegistryException("etcd is not connected.");
        }
        try {
            open.write(plan, permit);
        } catch (StatusRuntimeException e) {
            throw new ForeignRegistryException("etcd refuses a write: " + reason(e), e);
        }
    }

    /** Clients of the gRPC layout send traffic to all instances, so only healthy ones are exported. */
    @Override
    public @Nullable BridgedInstance asStored(BridgedInstance instance) {
        return options.grpcNaming() && instance.state() != State.HEALTHY ? null : instance;
    }

    @Override
    public void close() {
        var open = session;
        if (open != null) {
            open.close();
        }
    }

    /** Returns status and description, and the cause at the bottom, such as an untrusted certificate. */
    private static String reason(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        // gRPC adds the handlers of the connection in a second line.
        var description =
                String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return failure.getCause() == null || root.getMessage() == null
                ? description
                : description + " (" + root.getMessage() + ")";
    }
}
