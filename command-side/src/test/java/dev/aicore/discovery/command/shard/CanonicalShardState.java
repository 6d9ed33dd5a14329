package dev.aicore.discovery.command.shard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.stream.Collectors;

/** Text form of a shard's whole state: two shards with equal text must make equal decisions from then on. */
final class CanonicalShardState {

    private CanonicalShardState() {}

    static String of(ShardState state) {
        return "grace " + state.extensionFrom + " generation " + state.generation + " observations "
                + state.observationsSinceCheckpoint + " next " + state.slots.next() + " free " + state.slots.free()
                + " left " + state.slots.vacated() + " bytes " + state.usage.bytes() + "\n"
                + state.slots.occupants().map(CanonicalShardState::of).collect(Collectors.joining("\n", "", "\n"))
                + state.instances.keySet().stream().sorted().toList() + "\n"
                + state.tombstones.byId().entrySet().stream()
                        .map(gone -> gone.getKey() + " until " + gone.getValue().until() + " "
                                + (gone.getValue().instance() == null
                                        ? "deregistered"
                                        : of(gone.getValue().instance())))
                        .collect(Collectors.joining("\n"));
    }

    private static String of(Instance instance) {
        return String.join(
                " ",
                instance.id,
                instance.service,
                instance.owner,
                "registered " + instance.registeredAt,
                "slot " + instance.slot,
                "version " + instance.version,
                new String(instance.declaration, UTF_8),
                instance.adminState.jsonName(),
                instance.storedDeclaration().ttl() + " "
                        + instance.storedDeclaration().checkedWithin() + " "
                        + instance.storedDeclaration().deregisterAfter(),
                instance.storedDeclaration().healthPolicy().toString(),
                instance.monitored ? "monitored" : "not monitored",
                instance.healthState.toString(),
                instance.streaks + " since " + instance.healthAt + " needs " + instance.passesNeeded,
                instance.recentCheckResults.toCheckResults().toString(),
                instance.breakerState + " until " + instance.retryAt,
                instance.lease().jsonName(),
                "renewed " + instance.renewedAt,
                "removal " + instance.removeAt,
                "changed " + instance.changedAt);
    }
}
