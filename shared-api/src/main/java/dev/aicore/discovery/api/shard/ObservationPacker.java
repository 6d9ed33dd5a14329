package dev.aicore.discovery.api.shard;

/**
 * Packs the observations of a batch into one event: 4 bytes per heartbeat in a shard of up to 131,072 slots. Stored
 * events have this layout, so another encoding could only be added beside it. Not thread-safe.
 *
 * <p>Layout: one version byte, {@code decidedAt} in 8 bytes, and the count as a varint. Then for each observation the
 * varints {@code slot * 16 + kind}, the milliseconds between its arrival and the decision, and the arguments of its
 * kind.
 */
public final class ObservationPacker {

    private static final byte LAYOUT = 1;

    private final long decidedAt;
    private final ByteWriter entries = new ByteWriter(256);
    private int count;

    /**
     * Creates an empty batch.
     *
     * @param decidedAt the time of the batch's decision, epoch milliseconds
     */
    public ObservationPacker(long decidedAt) {
        this.decidedAt = decidedAt;
    }

    /**
     * Adds an observation.
     *
     * @param observedAt the time of arrival, epoch milliseconds; a time after the decision is stored as the time of the
     *     decision
     * @throws IllegalArgumentException if the slot or an argument is negative, because it could not be unpacked
     */
    public void add(int slot, ObservationKind kind, long observedAt, int first, int second) {
        if ((slot | first | second) < 0) {
            throw new IllegalArgumentException(
                    "Negative numbers can't be packed: slot " + slot + ", " + kind + " " + first + " " + second + ".");
        }
        entries.writeVarint(((long) slot << 4) | kind.code());
        entries.writeVarint(Math.max(0, decidedAt - observedAt));
        if (kind.arguments() > 0) {
            entries.writeVarint(first);
        }
        if (kind.arguments() > 1) {
            entries.writeVarint(second);
        }
        count++;
    }

    /** Returns the number of added observations. */
    public int count() {
        return count;
    }

    /** Returns the event with all added observations. */
    public ObservationsRecorded toEvent() {
        var event = new ByteWriter(entries.size() + 14);
        event.writeByte(LAYOUT);
        event.writeLong(decidedAt);
        event.writeVarint(count);
        event.writeAll(entries);
        return new ObservationsRecorded(event.toArray());
    }

    static void unpack(byte[] bytes, ObservationVisitor visitor) {
        var in = new ByteReader(bytes);
        in.expectLayout(LAYOUT);
        long decidedAt = in.readLong();
        int count = in.count();
        for (int i = 0; i < count; i++) {
            long head = in.readVarint();
            long slot = head >>> 4;
            if (slot > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("The slot " + slot + " of an observation is too large.");
            }
            var kind = ObservationKind.ofCode((int) (head & 15));
            long observedAt = decidedAt - in.readDuration();
            int first = kind.arguments() > 0 ? in.count() : 0;
            int second = kind.arguments() > 1 ? in.count() : 0;
            visitor.observed((int) slot, kind, observedAt, decidedAt, first, second);
        }
        in.expectEnd();
    }

    /** Receives unpacked observations as primitive values, without an object per observation. */
    @FunctionalInterface
    public interface ObservationVisitor {

        /**
         * Receives one observation.
         *
         * @param slot the instance's slot in its shard
         * @param kind kind of the observation
         * @param observedAt the time of arrival, epoch milliseconds
         * @param decidedAt the time of the batch's decision, epoch milliseconds; leases start here
         * @param first first argument of the kind, 0 if it has none
         * @param second second argument of the kind, 0 if it has none
         */
        void observed(int slot, ObservationKind kind, long observedAt, long decidedAt, int first, int second);
    }
}
