package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.dialect.eureka.EurekaAnswer.ActionType;
import dev.aicore.discovery.dialect.eureka.EurekaAnswer.ApplicationList;
import dev.aicore.discovery.dialect.eureka.EurekaAnswer.ListedInstance;
import dev.aicore.discovery.query.discovery.registry.RecentInstanceChange;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Computes the changes of the last minutes, with the hash of the whole registry at the same instant. */
final class EurekaDelta {

    /** Time for which Eureka's server keeps changes: six times the interval at which clients read them. */
    static final Duration RETENTION = Duration.ofMinutes(3);

    private EurekaDelta() {}

    static ApplicationList of(RegistrySnapshot snapshot, Instant now) {
        var changed = new TreeMap<String, List<ListedInstance>>();
        for (var change : snapshot.changesSince(now.minus(RETENTION))) {
            var instance = EurekaInstanceMapper.toEureka(change.instance());
            changed.computeIfAbsent(instance.app(), _ -> new ArrayList<>())
                    .add(new ListedInstance(instance, actionType(change)));
        }
        var hash = EurekaApplications.hashCode(
                EurekaApplications.of(snapshot).all().values());
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
