package dev.aicore.discovery.config.eventstore;

/** Aggregate identifiers: {@code shard-0}, {@code shard-1} and so on. */
public final class ShardName {

    private static final String PREFIX = "shard-";

    private ShardName() {}

    /** The identifier of a shard. */
    public static String of(int shard) {
        return PREFIX + shard;
    }

    /**
     * The number in an identifier.
     *
     * @throws IllegalArgumentException if it is none of a shard
     */
    public static int number(String identifier) {
        try {
            if (identifier.startsWith(PREFIX)) {
                return Short.parseShort(identifier.substring(PREFIX.length()));
            }
        } catch (NumberFormatException e) {
            // told below, with what was expected
        }
        throw new IllegalArgumentException(
                "Only shards are stored, named " + PREFIX + "<n>; got '" + identifier + "'.");
    }
}
