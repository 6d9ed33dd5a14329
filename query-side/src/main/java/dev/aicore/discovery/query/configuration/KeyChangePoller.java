package dev.aicore.discovery.query.configuration;

import dev.aicore.discovery.query.watching.ChangePoller;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/** Finds the selections that have changed, from the keys that have. Only selections that are watched are found. */
final class KeyChangePoller implements ChangePoller {

    private static final String KEY = "key ";
    private static final String PREFIX = "prefix ";

    private final ChangePoller keys;

    /** Watched selections by name, with the number of their watchers. */
    private final Map<String, WatchedSelection> watched = new ConcurrentHashMap<>();

    private record WatchedSelection(KeySelection selection, int watchers) {}

    /** @param keys finds the keys that have changed, by name */
    KeyChangePoller(ChangePoller keys) {
        this.keys = keys;
    }

    /** Returns the name of a selection in the results of polls. */
    static String name(KeySelection selection) {
        return (selection.isPrefix() ? PREFIX : KEY) + selection.text();
    }

    /** Watches a selection, before a subscription to its name. */
    void watch(KeySelection selection) {
        watched.compute(
                name(selection),
                (_, before) -> new WatchedSelection(selection, before == null ? 1 : before.watchers() + 1));
    }

    /** Ends a {@link #watch}. */
    void unwatch(KeySelection selection) {
        watched.computeIfPresent(
                name(selection),
                (_, before) -> before.watchers() == 1 ? null : new WatchedSelection(selection, before.watchers() - 1));
    }

    @Override
    public Mono<ChangePollResult> mark() {
        return keys.mark();
    }

    @Override
    public Mono<ChangePollResult> changed(long after) {
        return keys.changed(after).map(found -> new ChangePollResult(found.mark(), selections(found.changed())));
    }

    private Map<String, Long> selections(Map<String, Long> changed) {
        var last = new HashMap<String, Long>();
        if (!changed.isEmpty()) {
            watched.forEach((name, one) -> changed.forEach((key, position) -> {
                if (one.selection().selects(key)) {
                    last.merge(name, position, Math::max);
                }
            }));
        }
        return last;
    }
}
