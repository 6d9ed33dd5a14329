package dev.aicore.discovery.client;

/** Freshness of a list, by the time since the registry was last heard. */
public enum Freshness {
    /** No list has been received yet. */
    MISSING,
    /** A byte arrived within the last 20 s. */
    LIVE,
    /** A byte arrived within the last 40 s. */
    SUSPECT,
    /** Nothing arrived for 40 s, or the list is from the disk. It stays until the registry is back. */
    STALE
}
