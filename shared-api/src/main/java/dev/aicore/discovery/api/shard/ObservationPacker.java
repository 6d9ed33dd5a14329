package dev.aicore.discovery.api.shard;

/**
 * Packs a batch of observations into one event: 4 bytes for a heartbeat where a shard has up to 131,072 slots.
 *
 * <p>Layout: one byte of version, {@code decidedAt} in 8 bytes, the count as a varint, and then for each observation
 * the varints {@code slot * 16 + kind}, milliseconds between hearing and deciding it, and the kind's own numbers.
 */
public final class ObservationPacker {

    private static final byte LAYOUT = 1;

    private final long decidedAt;
    private final ByteWriter entries = new ByteWriter(256);
    private int count;

    /**
     * Starts an empty batch.
     *
     * @param decidedAt when the batch is decided, epoch milliseconds
     */
    public ObservationPacker(long decidedAt) {
        this.decidedAt = decidedAt;
    }

    /**
     * Adds an observation.
     *
     * @param observedAt when it was heard, epoch milliseconds; later than the decision counts as equal to it
     * @throws IllegalArgumentException if the slot or a number is negative, which could not be unpacked again
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

    /** How many were added. */
    public int count() {
        return count;
    }

    /** The event of all that was added. */
    public ObservationsRecorded toEvent() {
        var event = new ByteWriter(entries.size() + 14);
        event.writeByte(LAYOUT);
        event.writeLong(decidedAt);
        event.writeVarint(count);
        event.all(entries);
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
                throw new IllegalArgumentException("An observation of slot " + slot + ".");
            }
            var kind = ObservationKind.ofCode((int) (head & 15));
            long observedAt = decidedAt - in.readDuration();
            int first = kind.arguments() > 0 ? in.count() : 0;
            int second = kind.arguments() > 1 ? in.count() : 0;
            visitor.observed((int) slot, kind, observedAt, decidedAt, first, second);
        }
        in.expectEnd();
    }
}
