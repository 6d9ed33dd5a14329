package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.instance.Breaker;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.Declared;
import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.api.shard.ObservationKind;

/** One line of an instance's history, in the words that events and model share. */
final class Told {

    private Told() {}

    static String registered(String owner, Declaration declaration, Health health, long at) {
        return "registered by " + owner + " " + declaration + " " + health + " at " + at;
    }

    static String updated(int version, Declaration declaration, Declared declared, long at) {
        return "updated to " + version + " " + declaration + " " + declared + " at " + at;
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

    static String turned(Health from, Health to, int consecutive, long at) {
        return from + " to " + to + " after " + consecutive + " at " + at;
    }

    static String overdue(long silentSince, int ttl, long at) {
        return "overdue, silent since " + silentSince + " ttl " + ttl + " at " + at;
    }

    static String broken(Breaker from, Breaker to, int calls, int failures, long at) {
        return from + " to " + to + " after " + failures + " of " + calls + " at " + at;
    }

    static String switched(boolean monitored, long at) {
        return "monitored " + monitored + " at " + at;
    }

    static String observed(ObservationKind kind, long heard, long decided, int first, int second) {
        return kind + " heard " + heard + " decided " + decided + " " + first + " " + second;
    }
}
