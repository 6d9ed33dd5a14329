package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.shard.ObservationKind;

/** Formats one line of an instance's history, in the format that events and the reference model share. */
final class HistoryLine {

    private HistoryLine() {}

    static String registered(String owner, Declaration declaration, HealthState healthState, long at) {
        return "registered by " + owner + " " + declaration + " " + healthState + " at " + at;
    }

    static String updated(int version, Declaration declaration, AdminState adminState, long at) {
        return "updated to " + version + " " + declaration + " " + adminState + " at " + at;
    }

    static String deregistered(long at) {
        return "deregistered at " + at;
    }

    static String expired(long silentSince, int ttl, long at, long removeAt) {
        return "expired, silent since " + silentSince + " ttl " + ttl + " at " + at + " removal " + removeAt;
    }

    static String removed(long at, long until) {
        return "removed at " + at + " revivable until " + until;
    }

    static String revived(int version, Declaration declaration, long at) {
        return "revived as " + version + " " + declaration + " at " + at;
    }

    static String turned(HealthState from, HealthState to, int consecutive, long at) {
        return from + " to " + to + " after " + consecutive + " at " + at;
    }

    static String overdue(long silentSince, int ttl, long at) {
        return "overdue, silent since " + silentSince + " ttl " + ttl + " at " + at;
    }

    static String breakerChanged(BreakerState from, BreakerState to, int calls, int failures, long at) {
        return from + " to " + to + " after " + failures + " of " + calls + " at " + at;
    }

    static String switched(boolean monitored, long at) {
        return "monitored " + monitored + " at " + at;
    }

    static String observed(ObservationKind kind, long heard, long decided, int first, int second) {
        return kind + " heard " + heard + " decided " + decided + " " + first + " " + second;
    }
}
