package dev.aicore.discovery.api;

/** An event whose stored form is a binary layout of its own rather than JSON. */
public interface BinaryEvent {

    /** The stored form, without the wire name and revision. The array is not to be changed. */
    byte[] bytes();
}
