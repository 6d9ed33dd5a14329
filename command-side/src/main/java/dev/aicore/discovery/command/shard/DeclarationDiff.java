package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.instance.Declaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Computes which fields of two declarations differ, by their JSON names. */
final class DeclarationDiff {

    static final String HEALTH_CHECK = "health_check";

    private record Field(String name, Function<Declaration, Object> value) {}

    /** Fields in the order of the declaration's components. */
    private static final List<Field> FIELDS = List.of(
            new Field("version", Declaration::version),
            new Field("address", Declaration::address),
            new Field("port", Declaration::port),
            new Field("protocol", Declaration::protocol),
            new Field("weight", Declaration::weight),
            new Field("ttl", Declaration::ttl),
            new Field(HEALTH_CHECK, declaration -> Objects.requireNonNullElse(declaration.healthCheck(), "none")),
            new Field("metadata", Declaration::metadata),
            new Field("tags", Declaration::tags),
            new Field("zone", Declaration::zone));

    private DeclarationDiff() {}

    static List<String> changedFields(Declaration before, Declaration after) {
        var changed = new ArrayList<String>();
        for (var field : FIELDS) {
            if (!field.value().apply(before).equals(field.value().apply(after))) {
                changed.add(field.name());
            }
        }
        return changed;
    }
}
