package dev.aicore.discovery.projection.testing;

import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Generates random facts of many instances as a shard might decide them: each can follow the previous one. */
public final class RandomFactGenerator {

    private enum Phase {
        ABSENT,
        LIVE,
        EXPIRED,
        REMOVED
    }

    private static final List<AdminState> DECLARED =
            List.of(AdminState.ACTIVE, AdminState.MAINTENANCE, AdminState.DRAINING);

    private final Random random;
    private final Map<String, Phase> phases = new HashMap<>();
    private final Map<String, Integer> versions = new HashMap<>();
    private int slots;

    public RandomFactGenerator(long seed) {
        this.random = new Random(seed);
    }

    /** Returns the next {@code count} facts of these instances. */
    public List<InstanceFact> next(int count, List<String> ids) {
        var facts = new ArrayList<InstanceFact>();
        for (int i = 0; i < count; i++) {
            facts.add(next(ids.get(random.nextInt(ids.size()))));
        }
        return facts;
    }

    private AdminState anyDeclared() {
        return DECLARED.get(random.nextInt(DECLARED.size()));
    }

    private InstanceFact next(String id) {
        return switch (phases.getOrDefault(id, Phase.ABSENT)) {
            case ABSENT -> {
                phases.put(id, Phase.LIVE);
                versions.put(id, 1);
                yield InstanceFactSamples.registered(id, slots++);
            }
            case LIVE ->
                switch (random.nextInt(8)) {
                    case 6 -> InstanceFactSamples.circuit(id, BreakerState.CLOSED, BreakerState.OPEN);
                    case 7 -> InstanceFactSamples.overdue(id);
                    case 5 -> InstanceFactSamples.monitored(id, random.nextBoolean());
                    case 0 -> InstanceFactSamples.updated(id, versions.merge(id, 1, Integer::sum));
                    case 4 -> InstanceFactSamples.declared(id, versions.merge(id, 1, Integer::sum), anyDeclared());
                    case 1 -> InstanceFactSamples.turned(id, HealthState.HEALTHY, HealthState.UNHEALTHY);
                    case 2 -> {
                        phases.put(id, Phase.ABSENT);
                        yield InstanceFactSamples.deregistered(id);
                    }
                    default -> {
                        phases.put(id, Phase.EXPIRED);
                        yield InstanceFactSamples.expired(id);
                    }
                };
            case EXPIRED -> {
                boolean heard = random.nextBoolean();
                phases.put(id, heard ? Phase.LIVE : Phase.REMOVED);
                yield heard
                        ? InstanceFactSamples.revived(id, slots++, versions.getOrDefault(id, 1))
                        : InstanceFactSamples.removed(id);
            }
            case REMOVED -> {
                phases.put(id, Phase.LIVE);
                yield InstanceFactSamples.revived(id, slots++, versions.getOrDefault(id, 1));
            }
        };
    }
}
