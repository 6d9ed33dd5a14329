package dev.aicore.discovery.api.shard;

/**
 * Position of the list that a client has of a service, as a heartbeat of the client's instance reports it. An
 * observation stores it as two numbers, and as its time of arrival the time at which the list was last confirmed.
 *
 * @param service name of the service
 * @param position of the list, 0 or more; the store had reached it before the heartbeat
 * @param ageMillis milliseconds since the registry last confirmed the list, measured by the client, 0 or more
 */
public record ListReport(String service, long position, long ageMillis) {

    private static final long MASK = Integer.MAX_VALUE;

    /** Returns the number that stands for the service, 0 or more. Different names rarely have the same. */
    public int serviceNumber() {
        return numberOf(service);
    }

    /** Returns the number that stands for a service. */
    public static int numberOf(String service) {
        return service.hashCode() & Integer.MAX_VALUE;
    }

    /** Returns the lower 31 bits of the position. */
    public int packedPosition() {
        return (int) (position & MASK);
    }

    /**
     * Returns the position that {@link #packedPosition()} was made of: the last one with these bits up to the
     * observation.
     *
     * @param observation position of the observation
     */
    public static long unpack(int packedPosition, long observation) {
        return Math.max(0, observation - ((observation - packedPosition) & MASK));
    }
}
