package dev.aicore.discovery.server.system;

import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** What clients asked for, written down before it was sent, and what they were told afterwards. */
final class Ledger {

    enum Asked {
        REGISTER,
        HEARTBEAT,
        DEREGISTER
    }

    enum Told {
        /** Nothing, or that nobody knows: it may be either way, for ever. */
        UNKNOWN,
        /** It is done: from now on it must be there. */
        OK,
        /** It was not done, and must not be there. */
        FAILED
    }

    /** One operation. */
    static final class Entry {

        final Asked asked;
        final String id;
        private volatile Told told = Told.UNKNOWN;
        private volatile long position;

        private Entry(Asked asked, String id) {
            this.asked = asked;
            this.id = id;
        }

        Told told() {
            return told;
        }

        /** Where its event was said to be; 0 if that wasn't said. */
        long position() {
            return position;
        }

        @Override
        public String toString() {
            return asked + " " + id + ": " + told + " at " + position;
        }
    }

    private final Collection<Entry> entries = new ConcurrentLinkedQueue<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong highest = new AtomicLong();

    /** To be called before it is sent. */
    Entry asking(Asked asked, String id) {
        var entry = new Entry(asked, id);
        entries.add(entry);
        return entry;
    }

    /** To be called when it is known to be done. */
    void ok(Entry entry, long position) {
        entry.position = position;
        entry.told = Told.OK;
        highest.accumulateAndGet(position, Math::max);
        acknowledged.incrementAndGet();
    }

    void failed(Entry entry) {
        entry.told = Told.FAILED;
    }

    /** In the order in which they were asked, for each id. */
    Collection<Entry> entries() {
        return Collections.unmodifiableCollection(entries);
    }

    long acknowledged() {
        return acknowledged.get();
    }

    /** The highest position that anybody was told. */
    long highest() {
        return highest.get();
    }

    long count(Told told) {
        return entries.stream().filter(entry -> entry.told() == told).count();
    }
}
