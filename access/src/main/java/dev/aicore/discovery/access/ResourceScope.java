package dev.aicore.discovery.access;

/** Which services a route is about: whose callers' roles are bound to some may not take it for others. */
public enum ResourceScope {
    /** None: everybody gets the same answer. */
    NONE,
    /** The one that {@code service_name} names, in the path or as a parameter: the gate looks at it. */
    SINGLE_SERVICE,
    /** Those that the answer or the body is about: the route asks {@link Caller#reach}. */
    FILTERED,
    /** All, or none that can be told: not for those who are bound to some. */
    ALL
}
