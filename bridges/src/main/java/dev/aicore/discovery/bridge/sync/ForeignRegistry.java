package dev.aicore.discovery.bridge.sync;

import dev.aicore.discovery.bridge.model.BridgePlan;
import dev.aicore.discovery.bridge.model.BridgedInstance;
import org.jspecify.annotations.Nullable;

/** The other side of a bridge. Each kind of registry has an implementation. */
public interface ForeignRegistry extends AutoCloseable {

    /**
     * Reads the whole registry into the catalog, and then each change. Blocks until the registry can no longer be read
     * or the thread is interrupted.
     *
     * @throws ForeignRegistryException with the reason why it can't be read
     */
    void follow(ForeignCatalog catalog) throws ForeignRegistryException, InterruptedException;

    /**
     * Writes the differences; called only while {@link #follow} runs. Blocks. A failure may leave a part of them
     * undone.
     *
     * @param permit required before each request
     * @throws ForeignRegistryException if the registry refuses or fails, or without the permit
     */
    void write(BridgePlan plan, WritePermit permit) throws ForeignRegistryException, InterruptedException;

    /**
     * Returns an instance as the registry would return it, without what it can't hold, with the id that it has there;
     * null if the registry can't hold the instance, such as an unhealthy one where all instances get traffic.
     */
    default @Nullable BridgedInstance asStored(BridgedInstance instance) {
        return instance;
    }

    /** Ends connections. */
    @Override
    void close();
}
