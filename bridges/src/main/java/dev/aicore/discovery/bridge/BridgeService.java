package dev.aicore.discovery.bridge;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.status.ComponentStatus;
import dev.aicore.discovery.bridge.sync.BridgePlanView;
import dev.aicore.discovery.bridge.sync.BridgeWorker;
import dev.aicore.discovery.bridge.sync.LocalRegistry.LocalRegistryException;
import dev.aicore.discovery.eventstore.ClaimFollower.OwnerWork;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.springframework.context.SmartLifecycle;

/** The bridges of this process. They run between start and stop, while this node owns the event store. */
final class BridgeService implements SmartLifecycle, OwnerWork {

    private final List<BridgeWorker> bridges;
    private volatile boolean running;
    private boolean owner;

    BridgeService(List<BridgeWorker> bridges) {
        this.bridges = bridges.stream()
                .sorted(Comparator.comparing(BridgeWorker::name))
                .toList();
    }

    /** Returns the status of all bridges, ordered by name, from memory. */
    List<ComponentStatus.Bridge> status() {
        return bridges.stream().map(BridgeWorker::status).toList();
    }

    /**
     * Returns what a bridge would write now. Blocks.
     *
     * @throws RegistryException {@code not_found} if there is no such bridge, {@code store_unavailable} if this
     *     registry can't be read
     */
    BridgePlanView plan(String name) throws InterruptedException {
        try {
            return find(name).plan();
        } catch (LocalRegistryException e) {
            throw new RegistryException(ErrorCode.STORE_UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Stops the writes of a bridge, until it is resumed or the process ends.
     *
     * @throws RegistryException {@code not_found} if there is no such bridge
     */
    ComponentStatus.Bridge pause(String name) {
        var bridge = find(name);
        bridge.pause();
        return bridge.status();
    }

    /**
     * Lets a bridge write again, also what it has stopped for.
     *
     * @throws RegistryException {@code not_found} if there is no such bridge
     */
    ComponentStatus.Bridge resume(String name) {
        var bridge = find(name);
        bridge.resume();
        return bridge.status();
    }

    /** Returns a number of each bridge, in the order of {@link #status()}. */
    List<BridgeNumber> numbers(ToDoubleFunction<BridgeWorker> number) {
        return bridges.stream()
                .map(bridge -> new BridgeNumber(bridge.name(), number.applyAsDouble(bridge)))
                .toList();
    }

    /** Number of a bridge. */
    record BridgeNumber(String bridge, double value) {}

    private BridgeWorker find(String name) {
        return bridges.stream()
                .filter(bridge -> bridge.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new RegistryException(
                        ErrorCode.NOT_FOUND,
                        "This process runs no bridge with this name.",
                        new FieldError(
                                "bridge",
                                "is unknown",
                                name,
                                bridges.isEmpty()
                                        ? "a name of bridges.definitions, which is empty"
                                        : "one of "
                                                + String.join(
                                                        ", ",
                                                        bridges.stream()
                                                                .map(BridgeWorker::name)
                                                                .toList()))));
    }

    @Override
    public synchronized void start() {
        running = true;
        startOrStop();
    }

    @Override
    public synchronized void stop() {
        running = false;
        startOrStop();
    }

    /** Lets the bridges of this node run. */
    @Override
    public synchronized void begin() {
        owner = true;
        startOrStop();
    }

    /** Stops the bridges of this node, because another node runs them. */
    @Override
    public synchronized void end() {
        owner = false;
        startOrStop();
    }

    private void startOrStop() {
        bridges.forEach(running && owner ? BridgeWorker::start : BridgeWorker::stop);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
