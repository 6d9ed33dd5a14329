package dev.aicore.discovery.projection.testing;

import dev.aicore.discovery.api.instance.Breaker;
import dev.aicore.discovery.api.instance.Declared;
import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.api.instance.InstanceFact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Facts of many instances as a shard might decide them: at random, yet each can follow the one before. */
public final class Story {

    private enum Phase {
        ABSENT,
        LIVE,
        EXPIRED,
        REMOVED
    }

    private static final List<Declared> DECLARED = List.of(Declared.ACTIVE, Declared.MAINTENANCE, Declared.DRAINING);

    private final Random random;
    private final Map<String, Phase> phases = new HashMap<>();
    private final Map<String, Integer> versions = new HashMap<>();
    private int slots;

    public Story(long seed) {
        this.random = new Random(seed);
    }

    /** The next {@code count} facts of these instances. */
    public List<InstanceFact> next(int count, List<String> ids) {
        var facts = new ArrayList<InstanceFact>();
        for (int i = 0; i < count; i++) {
            facts.add(next(ids.get(random.nextInt(ids.size()))));
        }
        return facts;
    }

    private Declared anyDeclared() {
        return DECLARED.get(random.nextInt(DECLARED.size()));
    }

    private InstanceFact next(String id) {
        return switch (phases.getOrDefault(id, Phase.ABSENT)) {
            case ABSENT -> {
                phases.put(id, Phase.LIVE);
                versions.put(id, 1);
                yield Facts.registered(id, slots++);
            }
            case LIVE ->
                switch (random.nextInt(8)) {
                    case 6 -> Facts.circuit(id, Breaker.CLOSED, Breaker.OPEN);
                    case 7 -> Facts.overdue(id);
                    case 5 -> Facts.monitored(id, random.nextBoolean());
                    case 0 -> Facts.updated(id, versions.merge(id, 1, Integer::sum));
                    case 4 -> Facts.declared(id, versions.merge(id, 1, Integer::sum), anyDeclared());
                    case 1 -> Facts.turned(id, Health.HEALTHY, Health.UNHEALTHY);
                    case 2 -> {
                        phases.put(id, Phase.ABSENT);
                        yield Facts.deregistered(id);
                    }
                    default -> {
                        phases.put(id, Phase.EXPIRED);
                        yield Facts.expired(id);
                    }
                };
            case EXPIRED -> {
                boolean heard = random.nextBoolean();
                phases.put(id, heard ? Phase.LIVE : Phase.REMOVED);
                yield heard ? Facts.revived(id, slots++, versions.getOrDefault(id, 1)) : Facts.removed(id);
            }
            case REMOVED -> {
                phases.put(id, Phase.LIVE);
                yield Facts.revived(id, slots++, versions.getOrDefault(id, 1));
            }
        };
    }
}
