package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import org.jspecify.annotations.Nullable;

/** SQL fragments that select past states of instances, and the mapping of their rows. */
public final class InstanceVersionSql {

    private InstanceVersionSql() {}

    /** Returns the columns of a state, each named by the alias and its own name. */
    public static String columns(String alias) {
        return """
                %1$s.id AS %1$s_id, %1$s.namespace AS %1$s_namespace, %1$s.owner AS %1$s_owner,
                %1$s.declaration AS %1$s_declaration, %1$s.declaration_version AS %1$s_declaration_version,
                %1$s.declared AS %1$s_declared, %1$s.lease AS %1$s_lease, %1$s.health AS %1$s_health,
                %1$s.breaker AS %1$s_breaker, %1$s.registered_at AS %1$s_registered_at,
                %1$s.updated_at AS %1$s_updated_at, %1$s.from_position AS %1$s_from_position, %1$s.gone AS %1$s_gone
                """.formatted(alias);
    }

    /**
     * Returns SQL for the last version of an instance up to a position.
     *
     * @param id SQL expression of the id
     * @param bound condition on the position, e.g. {@code <= :position}
     */
    public static String latest(String id, String bound) {
        return """
                SELECT v.id, v.namespace, v.owner, v.declaration::text AS declaration, v.declaration_version, v.declared,
                       v.lease, v.health, v.breaker, v.registered_at, v.updated_at, v.from_position, v.gone
                FROM %s v
                WHERE v.id = %s AND v.from_position %s
                ORDER BY v.from_position DESC LIMIT 1
                """.formatted(ModelTable.INSTANCE_VERSIONS, id, bound);
    }

    /** Maps the columns with an alias; null if the instance wasn't present. */
    public static @Nullable InstanceView present(InstanceRowMapper rowMapper, PrefixedColumns version) {
        return version.isMissing("id") || !version.isMissing("gone")
                ? null
                : rowMapper.read(version, version.number("from_position"), null);
    }
}
