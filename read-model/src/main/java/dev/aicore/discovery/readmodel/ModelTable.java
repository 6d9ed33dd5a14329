package dev.aicore.discovery.readmodel;

import java.util.Locale;

/**
 * Table of the read models in PostgreSQL. Statements insert these constants into their text, so that a constant's uses
 * are the statements on its table. The migrations in {@code db/models} define the columns.
 */
public enum ModelTable {
    /** Current state of each instance, including expired ones. */
    INSTANCES,
    /** States of instances, each with the positions between which it was valid. */
    INSTANCE_VERSIONS,
    /** One entry per fact: who changed what, when and why. */
    AUDIT,
    /** Last heartbeat of each slot. */
    LAST_SEEN,
    /** Last result of each slot's health check. */
    CHECK_RESULTS,
    /** Position up to which each projection is complete. */
    WATERMARKS,
    /** Facts that a projection couldn't fold, and those that wait for them. */
    PARKED_FACTS,
    /** Current configuration of each service. */
    CONFIGURATIONS,
    /** Configurations of services, each with the positions between which it was valid. */
    CONFIGURATION_VERSIONS,
    /** Current schema of each service's configuration. */
    CONFIGURATION_SCHEMAS,
    /** Values of keys, each with the positions between which it was valid. */
    KEY_VALUES,
    /** Number of picks by service, strategy and instance. */
    PICKS,
    /** Start of the pick statistics of each service. */
    PICKED_SERVICES,
    /** Last batch of picks that each node has written. */
    PICK_FLUSHES,
    /** Number of denied requests by minute, node, caller, route and error code. */
    DENIALS,
    /** Number of discoveries by service, minute, principal and node, with the positions of their answers. */
    DISCOVERIES;

    /** Schema of the tables that are written by projections and read by queries. */
    public static final String SCHEMA = "models";

    private final String tableName = name().toLowerCase(Locale.ROOT);

    /** Returns the name without a schema, e.g. {@code instances}. */
    public String tableName() {
        return tableName;
    }

    /** Returns the name of this table in another schema, e.g. {@code models_next.instances}. */
    public String in(String schema) {
        return schema + "." + tableName;
    }

    /** Returns the name in the schema {@value #SCHEMA}, as it is written in SQL, e.g. {@code models.instances}. */
    @Override
    public String toString() {
        return in(SCHEMA);
    }
}
