package dev.aicore.discovery.query.history;

/** What was observed of instances: heartbeats, results of checks, reports of callers. */
record ObservationStore(SlotAssignmentReader seats, ObservationHistoryReader reader) {

    /** The facts of one instance, and what was observed of it in that window. */
    EntrySource beside(AuditEntrySource entrySource, ObservationWindow observationWindow) {
        return new MergedEntrySource(entrySource, seats, reader, observationWindow, Long.MAX_VALUE);
    }
}
