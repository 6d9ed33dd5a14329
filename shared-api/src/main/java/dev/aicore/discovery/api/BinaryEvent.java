package dev.aicore.discovery.api;

/** Event that is stored in its own binary layout instead of JSON. */
public interface BinaryEvent extends RegistryEvent {

    /** Returns the stored form, without wire name and revision. The caller must not change the array. */
    byte[] bytes();
}
