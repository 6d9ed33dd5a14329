package dev.aicore.discovery.client.grpc;

import dev.aicore.discovery.client.balancing.LoadComparison;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.LoadBalancer.SubchannelPicker;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/** Picks the less loaded of two random connections, by the rule of the client's own picks. */
final class LeastLoadedPicker extends SubchannelPicker {

    private final List<InstanceConnection> ready;

    /**
     * Creates a picker.
     *
     * @param ready at least one
     */
    LeastLoadedPicker(List<InstanceConnection> ready) {
        this.ready = ready;
    }

    @Override
    public PickResult pickSubchannel(PickSubchannelArgs arguments) {
        return Objects.requireNonNull(LoadComparison.ofTwo(ready, ThreadLocalRandom.current()))
                .result();
    }
}
