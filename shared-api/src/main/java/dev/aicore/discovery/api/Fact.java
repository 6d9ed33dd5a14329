package dev.aicore.discovery.api;

/**
 * Something that happened to one instance: kept for ever, ordered with all other facts of that instance.
 *
 * <p>A fact names its instance by id, never by slot: a slot is used again by others.
 */
public interface Fact {

    /** The instance's id, 1 to 256 characters. */
    String id();

    /** The name of its service. */
    String service();

    /** Who did it, from where and why. */
    EventMetadata envelope();
}
