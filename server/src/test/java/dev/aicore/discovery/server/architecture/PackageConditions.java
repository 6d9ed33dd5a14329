package dev.aicore.discovery.server.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;

/** Conditions on the names of packages: the same feature has the same word on every side. */
final class PackageConditions {

    /** Features of the registry, at most 14. */
    static final Set<String> FEATURES = Set.of(
            "access",
            "bundle",
            "configuration",
            "deadletter",
            "discovery",
            "health",
            "history",
            "instance",
            "lease",
            "rebuild",
            "restore",
            "retention",
            "status",
            "watching");

    /** Technical packages by the root package of their module. */
    static final Map<String, Set<String>> TECHNICAL = Map.of(
            "api", Set.of("error", "shard", "wire"),
            "command", Set.of("batching", "idempotency", "shard"),
            "projection", Set.of("axonserver", "cache", "processing"),
            "query", Set.of("cache", "consistency", "database"));

    private PackageConditions() {}

    static ArchCondition<JavaClass> beInTheRootOrInAPackageOfAFeature() {
        return new ArchCondition<>("be in the root package of a side or in a package of a feature") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String[] words = type.getPackageName()
                        .substring("dev.aicore.discovery.".length())
                        .split("\\.", -1);
                boolean matches = words.length == 1
                        || FEATURES.contains(words[1])
                        || TECHNICAL.getOrDefault(words[0], Set.of()).contains(words[1]);
                events.add(new SimpleConditionEvent(
                        type, matches, type.getName() + " is in no package of a feature: " + FEATURES));
            }
        };
    }
}
