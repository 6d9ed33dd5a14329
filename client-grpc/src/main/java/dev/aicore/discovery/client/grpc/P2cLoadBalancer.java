package dev.aicore.discovery.client.grpc;

import static io.grpc.ConnectivityState.CONNECTING;
import static io.grpc.ConnectivityState.IDLE;
import static io.grpc.ConnectivityState.READY;
import static io.grpc.ConnectivityState.TRANSIENT_FAILURE;

import io.grpc.Attributes;
import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.Status;
import java.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Connects to all instances of a list, and lets a {@link LeastLoadedPicker} choose among the connected ones. While
 * there is one, neither an error of the resolver nor a failed connection fails calls. All methods are called in the
 * synchronization context of the channel.
 */
final class P2cLoadBalancer extends LoadBalancer {

    private final Helper helper;
    private Map<List<SocketAddress>, InstanceConnection> connections = Map.of();
    private Status failure = Status.UNAVAILABLE.withDescription("No instance is known yet.");
    private boolean isReady;

    P2cLoadBalancer(Helper helper) {
        this.helper = helper;
    }

    @Override
    public Status acceptResolvedAddresses(ResolvedAddresses resolved) {
        if (resolved.getAddresses().isEmpty()) {
            var none = Status.UNAVAILABLE.withDescription("The list has no instance.");
            handleNameResolutionError(none);
            return none;
        }
        var before = connections;
        var present = new LinkedHashMap<List<SocketAddress>, InstanceConnection>();
        for (var group : resolved.getAddresses()) {
            var known = before.get(group.getAddresses());
            var connection = known == null ? present.get(group.getAddresses()) : known;
            if (connection == null) {
                connection = connect(group.getAddresses());
            }
            connection.attributes(group.getAttributes());
            present.put(group.getAddresses(), connection);
        }
        connections = present;
        before.forEach((addresses, connection) -> {
            if (!present.containsKey(addresses)) {
                connection.subchannel().shutdown();
            }
        });
        update();
        return Status.OK;
    }

    private InstanceConnection connect(List<SocketAddress> addresses) {
        // Without the attributes of the instance, which may change while the connection stays.
        var group = new EquivalentAddressGroup(addresses, Attributes.EMPTY);
        var subchannel = helper.createSubchannel(
                CreateSubchannelArgs.newBuilder().setAddresses(group).build());
        var connection = new InstanceConnection(addresses, subchannel);
        subchannel.start(state -> changed(connection, state));
        subchannel.requestConnection();
        return connection;
    }

    private void changed(InstanceConnection connection, ConnectivityStateInfo state) {
        // Also called while the list that contains it is being read; that ends with an update.
        var known = connections.get(connection.addresses());
        if (known != null && !known.equals(connection)) {
            return;
        }
        if (state.getState() == TRANSIENT_FAILURE || state.getState() == IDLE) {
            helper.refreshNameResolution();
        }
        if (state.getState() == IDLE) {
            connection.subchannel().requestConnection();
        }
        // A failed connection counts as failed until it succeeds, so that calls don't wait for each attempt.
        boolean isRetrying =
                connection.state() == TRANSIENT_FAILURE && (state.getState() == CONNECTING || state.getState() == IDLE);
        if (isRetrying) {
            return;
        }
        if (state.getState() == TRANSIENT_FAILURE) {
            failure = state.getStatus();
        }
        connection.state(state.getState());
        update();
    }

    @Override
    public void handleNameResolutionError(Status error) {
        failure = error;
        if (!isReady) {
            publish(TRANSIENT_FAILURE, PickResult.withError(error));
        }
    }

    private void update() {
        var ready = connections.values().stream()
                .filter(connection -> connection.state() == READY)
                .toList();
        isReady = !ready.isEmpty();
        if (isReady) {
            helper.updateBalancingState(READY, new LeastLoadedPicker(ready));
        } else if (connections.values().stream().anyMatch(connection -> connection.state() != TRANSIENT_FAILURE)) {
            publish(CONNECTING, PickResult.withNoResult());
        } else {
            publish(TRANSIENT_FAILURE, PickResult.withError(failure));
        }
    }

    private void publish(ConnectivityState state, PickResult result) {
        helper.updateBalancingState(state, new FixedResultPicker(result));
    }

    @Override
    public void shutdown() {
        connections.values().forEach(connection -> connection.subchannel().shutdown());
        connections = Map.of();
    }
}
