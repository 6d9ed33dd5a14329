package dev.aicore.discovery.client;

/** Strategy by which an instance is picked. The names are those of the registry's own strategies. */
public enum PickStrategy {
    /** Rotates the instances. */
    ROUND_ROBIN,
    /** Rotates the instances in proportion to their weights, with heavy ones spread between light ones. */
    WEIGHTED,
    /** Draws an instance at random, in proportion to its weight. */
    RANDOM,
    /** Picks by a key: the same key finds the same instance in every process and at the registry. */
    CONSISTENT_HASH,
    /** Picks the instance with the fewest calls under way in relation to its weight. */
    LEAST_CONNECTIONS,
    /** Draws two instances at random and picks the less loaded one. */
    P2C
}
