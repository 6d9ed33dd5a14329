package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.dialect.eureka.EurekaAnswer.ActionType;
import dev.aicore.discovery.dialect.eureka.EurekaAnswer.ApplicationList;
import dev.aicore.discovery.dialect.eureka.EurekaAnswer.ListedInstance;
import dev.aicore.discovery.query.discovery.registry.RecentInstanceChange;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Builds the list of recent changes, with the hash of the whole registry at the same instant. */
final class EurekaDelta {

    private EurekaDelta() {}

    /**
     * Returns a delta.
     *
     * @param changes last change of each instance that changed recently
     * @param hash hash of all listed instances
     */
    static ApplicationList of(List<RecentInstanceChange> changes, String hash) {
        var changed = new TreeMap<String, List<ListedInstance>>();
        for (var change : changes) {
            var instance = EurekaInstanceMapper.toEureka(change.instance());
            changed.computeIfAbsent(instance.app(), _ -> new ArrayList<>())
                    .add(new ListedInstance(instance, actionType(change)));
        }
        return new ApplicationList(EncodedApplications.VERSION, hash, changed, false);
    }

    private static ActionType actionType(RecentInstanceChange change) {
        var before = change.before();
        var after = change.after();
        if (after == null || !EurekaEntry.isListed(after)) {
            return ActionType.DELETED;
        }
        if (before == null || !EurekaEntry.isListed(before)) {
            return ActionType.ADDED;
        }
        return EurekaStatusPair.of(before).equals(EurekaStatusPair.of(after)) ? ActionType.ADDED : ActionType.MODIFIED;
    }
}
