package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.instance.Declaration;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Patches of the {@link ShardSamples}, each with its expected effect in Java. */
@SuppressWarnings("ImmutableEnumChecker") // not declared by functional interfaces; all lambdas here are stateless
enum SamplePatch {
    NOTHING("{}", before -> before),
    LIGHTER("{\"weight\":50}", before -> with(before, 50, before.ttl(), before.healthCheck())),
    USUAL_WEIGHT("{\"weight\":null}", before -> with(before, 100, before.ttl(), before.healthCheck())),
    SHORT("{\"ttl\":5}", before -> with(before, before.weight(), 5, before.healthCheck())),
    WITHOUT_LEASE("{\"ttl\":0}", before -> with(before, before.weight(), 0, before.healthCheck())),
    WITHOUT_CHECK("{\"health_check\":null}", before -> with(before, before.weight(), before.ttl(), null)),
    TOO_HEAVY("{\"weight\":65536}", before -> null);

    final String json;
    private final Function<Declaration, @Nullable Declaration> meaning;

    SamplePatch(String json, Function<Declaration, @Nullable Declaration> meaning) {
        this.json = json;
        this.meaning = meaning;
    }

    /** Returns the result of a patch; null if the result could not be registered. */
    static @Nullable Declaration apply(String json, Declaration before) {
        return Arrays.stream(values())
                .filter(samplePatch -> samplePatch.json.equals(json))
                .findFirst()
                .orElseThrow()
                .meaning
                .apply(before);
    }

    private static @Nullable Declaration with(Declaration before, int weight, int ttl, @Nullable HealthCheck check) {
        return ttl == 0 && check == null
                ? null
                : new Declaration(
                        before.name(),
                        before.version(),
                        before.address(),
                        before.port(),
                        before.protocol(),
                        weight,
                        ttl,
                        check,
                        before.metadata(),
                        before.tags(),
                        before.zone());
    }
}
