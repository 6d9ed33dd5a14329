package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.command.shard.ShardScenario.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Drops what a failure does not need from a scenario, because hundreds of commands can't be read. */
final class ScenarioShrinker {

    private static final int MAX_TRIES = 500;

    private final Consumer<ShardScenario> property;
    private ShardScenario shortest;
    private @Nullable Throwable failure;
    private int tries;

    private ScenarioShrinker(Consumer<ShardScenario> property, ShardScenario shardScenario) {
        this.property = property;
        this.shortest = shardScenario;
    }

    /**
     * Asserts that a property holds.
     *
     * @param inputs description of the other inputs of the property, for the error
     * @throws AssertionError if the property fails; states the shortest scenario for which it was found to fail
     */
    static void assertHolds(ShardScenario shardScenario, String inputs, Consumer<ShardScenario> property) {
        var shrinker = new ScenarioShrinker(property, shardScenario);
        if (shrinker.fails(shardScenario.moments())) {
            shrinker.dropMoments();
            shrinker.dropCommands();
            throw new AssertionError("Fails with " + inputs + " for:\n" + lines(shrinker.shortest), shrinker.failure);
        }
    }

    private void dropMoments() {
        for (int size = shortest.moments().size(); size > 0; size /= 2) {
            int from = 0;
            while (from < shortest.moments().size()) {
                if (!fails(without(shortest.moments(), from, size))) {
                    from += size;
                }
            }
        }
    }

    private void dropCommands() {
        for (int i = 0; i < shortest.moments().size(); i++) {
            int from = 0;
            while (from < shortest.moments().get(i).items().size()) {
                var moments = new ArrayList<>(shortest.moments());
                moments.set(
                        i,
                        new Moment(moments.get(i).at(), without(moments.get(i).items(), from, 1)));
                if (!fails(moments)) {
                    from++;
                }
            }
        }
    }

    private boolean fails(List<Moment> moments) {
        if (tries++ < MAX_TRIES) {
            var shardScenario = new ShardScenario(moments);
            try {
                property.accept(shardScenario);
            } catch (AssertionError | RuntimeException thrown) {
                shortest = shardScenario;
                failure = thrown;
                return true;
            }
        }
        return false;
    }

    private static <T> List<T> without(List<T> all, int from, int size) {
        return Stream.concat(all.stream().limit(from), all.stream().skip(from + size))
                .toList();
    }

    private static String lines(ShardScenario shardScenario) {
        return shardScenario.moments().stream()
                .flatMap(moment -> moment.items().stream().map(command -> moment.at() + " " + command))
                .collect(Collectors.joining("\n"));
    }
}
