package dev.aicore.discovery.api;

/**
 * Event of one instance. Facts are kept permanently, in one order with all other facts of the instance.
 *
 * <p>A fact names its instance by id, never by slot, because a slot is reused by other instances.
 */
public interface Fact extends RegistryEvent {

    /** Returns the instance's id, 1 to 256 characters. */
    String id();

    /** Returns the name of the instance's service. */
    String service();

    /** Returns the event metadata: who caused the fact, from where and why. */
    EventMetadata envelope();
}
