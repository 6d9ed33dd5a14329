package dev.aicore.discovery.query.history;

/** What was observed of instances: heartbeats, results of checks, reports of callers. */
record Observations(SeatsReader seats, ObservationsReader reader) {

    /** The facts of one instance, and what was observed of it in that window. */
    EntryPages beside(AuditPages facts, Window window) {
        return new ObservedPages(facts, seats, reader, window, Long.MAX_VALUE);
    }
}
