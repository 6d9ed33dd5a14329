package dev.aicore.discovery.client.grpc;

import dev.aicore.discovery.client.balancing.PickCandidate;
import io.grpc.Attributes;
import io.grpc.ClientStreamTracer;
import io.grpc.ConnectivityState;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Connection to an instance, with the number of its calls under way. */
final class InstanceConnection implements PickCandidate {

    private final List<SocketAddress> addresses;
    private final Subchannel subchannel;
    private final AtomicLong underWay = new AtomicLong();
    private final PickResult result;
    private volatile String id;
    private volatile int weight = 1;

    /** Read and written in the synchronization context only. */
    private ConnectivityState state = ConnectivityState.IDLE;

    InstanceConnection(List<SocketAddress> addresses, Subchannel subchannel) {
        this.addresses = addresses;
        this.subchannel = subchannel;
        this.id = addresses.toString();
        this.result = PickResult.withSubchannel(subchannel, new CallCounter(underWay));
    }

    /** Counts calls from the creation of their stream to its end. */
    private static final class CallCounter extends ClientStreamTracer.Factory {

        private final AtomicLong underWay;

        CallCounter(AtomicLong underWay) {
            this.underWay = underWay;
        }

        @Override
        public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
            underWay.incrementAndGet();
            return new ClientStreamTracer() {
                @Override
                public void streamClosed(Status status) {
                    underWay.decrementAndGet();
                }
            };
        }
    }

    /** Takes id and weight of the instance. Other resolvers set neither: such addresses have the same weight. */
    void attributes(Attributes attributes) {
        String known = attributes.get(InstanceAttributes.ID);
        Integer share = attributes.get(InstanceAttributes.WEIGHT);
        id = known == null ? addresses.toString() : known;
        weight = share == null ? 1 : Math.max(1, share);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int weight() {
        return weight;
    }

    @Override
    public long load() {
        return underWay.get();
    }

    List<SocketAddress> addresses() {
        return addresses;
    }

    Subchannel subchannel() {
        return subchannel;
    }

    PickResult result() {
        return result;
    }

    ConnectivityState state() {
        return state;
    }

    void state(ConnectivityState changed) {
        state = changed;
    }
}
