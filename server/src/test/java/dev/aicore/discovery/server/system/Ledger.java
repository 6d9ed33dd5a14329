package dev.aicore.discovery.server.system;

import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Ledger of requests, recorded before they are sent, and of their answers. */
final class Ledger {

    enum Asked {
        REGISTER,
        HEARTBEAT,
        DEREGISTER
    }

    enum Told {
        /** No answer, or an answer of an unknown outcome: it may or may not be done, permanently. */
        UNKNOWN,
        /** Acknowledged: it must exist from now on. */
        OK,
        /** Refused: it must not exist. */
        FAILED
    }

    /** Operation of a client. */
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

        /** Returns the reported position of its event; 0 if none was reported. */
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

    /** Records an operation; to be called before it is sent. */
    Entry asking(Asked asked, String id) {
        var entry = new Entry(asked, id);
        entries.add(entry);
        return entry;
    }

    /** Records an acknowledgement. */
    void ok(Entry entry, long position) {
        entry.position = position;
        entry.told = Told.OK;
        highest.accumulateAndGet(position, Math::max);
        acknowledged.incrementAndGet();
    }

    void failed(Entry entry) {
        entry.told = Told.FAILED;
    }

    /** Returns the operations; those of one id in the order of their requests. */
    Collection<Entry> entries() {
        return Collections.unmodifiableCollection(entries);
    }

    long acknowledged() {
        return acknowledged.get();
    }

    /** Returns the highest acknowledged position. */
    long highest() {
        return highest.get();
    }

    long count(Told told) {
        return entries.stream().filter(entry -> entry.told() == told).count();
    }
}
