package dev.aicore.discovery.query.history;

/** Access to the observations of instances: heartbeats, check results and call reports. */
record ObservationStore(SlotAssignmentReader seats, ObservationHistoryReader reader) {

    /** Merges the facts of one instance with its observations within a window. */
    EntrySource mergedWith(AuditEntrySource entrySource, ObservationWindow observationWindow) {
        return new MergedEntrySource(entrySource, seats, reader, observationWindow, Long.MAX_VALUE);
    }
}
