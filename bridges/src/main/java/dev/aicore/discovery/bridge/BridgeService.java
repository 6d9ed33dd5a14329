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
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.springframework.context.SmartLifecycle;

/**
 * The bridges of this process. They run between start and stop, while this node owns the event store and has the claim
 * of each of them. Of the others, the service knows what the nodes that run them report.
 */
final class BridgeService implements SmartLifecycle, OwnerWork {

    private final List<ClaimedBridge> bridges;
    private final BridgeClaims claims;
    private boolean owner;
    private volatile boolean running;

    BridgeService(List<ClaimedBridge> bridges, BridgeClaims claims) {
        this.bridges = bridges.stream()
                .sorted(Comparator.comparing(ClaimedBridge::name))
                .toList();
        this.claims = claims;
    }

    /** Returns the status of all bridges, ordered by name, from memory. */
    List<ComponentStatus.Bridge> status() {
        var all = new TreeMap<String, ComponentStatus.Bridge>();
        claims.ofOtherNodes().forEach(bridge -> all.put(bridge.name(), bridge));
        bridges.forEach(bridge -> all.put(bridge.name(), claims.statusOf(bridge)));
        return List.copyOf(all.values());
    }

    /**
     * Returns what a bridge would write now. Blocks.
     *
     * @throws RegistryException {@code not_found} if there is no such bridge, {@code store_unavailable} if this
     *     registry can't be read
     */
    BridgePlanView plan(String name) throws InterruptedException {
        try {
            return find(name).worker().plan();
        } catch (LocalRegistryException e) {
            throw new RegistryException(ErrorCode.STORE_UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Stops the writes of a bridge on all nodes, until it is resumed. Blocks.
     *
     * @throws RegistryException {@code not_found} if there is no such bridge
     */
    ComponentStatus.Bridge pause(String name) {
        var bridge = find(name);
        claims.pause(bridge);
        return claims.statusOf(bridge);
    }

    /**
     * Lets a bridge write again, also what it has stopped for. Blocks.
     *
     * @throws RegistryException {@code not_found} if there is no such bridge
     */
    ComponentStatus.Bridge resume(String name) {
        var bridge = find(name);
        claims.resume(bridge);
        return claims.statusOf(bridge);
    }

    /** Returns a number of each bridge that runs on this node, ordered by name. */
    List<BridgeNumber> numbers(ToDoubleFunction<BridgeWorker> number) {
        return bridges.stream()
                .filter(ClaimedBridge::isRunning)
                .map(bridge -> new BridgeNumber(bridge.name(), number.applyAsDouble(bridge.worker())))
                .toList();
    }

    /** Number of a bridge. */
    record BridgeNumber(String bridge, double value) {}

    private ClaimedBridge find(String name) {
        return bridges.stream()
                .filter(bridge -> bridge.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new RegistryException(
                        ErrorCode.NOT_FOUND,
                        "This process has no bridge with this name.",
                        new FieldError("bridge", "is unknown", name, expectedNames())));
    }

    private String expectedNames() {
        return bridges.isEmpty()
                ? "a name of bridges.definitions, which is empty"
                : bridges.stream().map(ClaimedBridge::name).collect(Collectors.joining(", ", "one of ", ""));
    }

    @Override
    public synchronized void start() {
        running = true;
        startOrStop();
    }

    /** Stops the bridges, and frees their claims for other nodes. */
    @Override
    public synchronized void stop() {
        running = false;
        claims.release(bridges);
    }

    /** Lets the bridges of this node run. */
    @Override
    public synchronized void begin() {
        owner = true;
        startOrStop();
    }

    /** Stops the bridges of this node, because another node may run them. */
    @Override
    public synchronized void end() {
        owner = false;
        startOrStop();
    }

    private void startOrStop() {
        if (running && owner) {
            claims.hold(bridges);
        } else {
            claims.drop(bridges);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
