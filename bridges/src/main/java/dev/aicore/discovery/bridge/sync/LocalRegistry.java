package dev.aicore.discovery.bridge.sync;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.bridge.model.BridgedInstance;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/** This registry, as bridges read and write it. */
public interface LocalRegistry {

    /**
     * Write of an imported instance.
     *
     * @param id id here
     * @param before the instance as it is here; null if it isn't registered
     * @param after the instance as it must become; null to deregister it
     * @param reason reason in the history: the version of the other registry
     */
    record ImportWrite(
            String id,
            @Nullable BridgedInstance before,
            @Nullable BridgedInstance after,
            String reason) {}

    /**
     * Returns all present instances, with all writes of this process. Blocks.
     *
     * @throws LocalRegistryException if they can't be read
     */
    List<InstanceView> instances() throws LocalRegistryException, InterruptedException;

    /** Calls a listener after each change, until disposed. The listener must not block. */
    Disposable follow(Runnable listener);

    /**
     * Writes imported instances under the principal of a bridge. Blocks.
     *
     * @return ids of the writes that the registry refused, which it would refuse again
     * @throws LocalRegistryException if the registry can't be written; some of the writes may be done
     */
    Set<String> write(List<ImportWrite> writes) throws LocalRegistryException, InterruptedException;

    /** Signals that this registry can't be read or written at present. */
    final class LocalRegistryException extends Exception {

        public LocalRegistryException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
