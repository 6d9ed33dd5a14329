package dev.aicore.discovery.server.architecture;

import dev.aicore.discovery.server.architecture.RuleViolations.Violation;
import java.util.List;

/** Minimal programs that break a rule about SQL each. */
final class SqlViolations {

    static final List<Violation> ALL = List.of(places(), writes(), tableNames());

    private SqlViolations() {}

    private static Violation places() {
        return RuleViolations.each(
                ArchitectureRule.SQL_HAS_ITS_PLACES,
                "SQL in a projection",
                """
                package dev.aicore.discovery.projection.instance;

                class Guilty%d {
                    %s
                }
                """,
                "void run(java.sql.Connection c) throws Exception { c.createStatement().execute(\"select 1\"); }",
                "void run(java.sql.Connection c) throws Exception { c.prepareStatement(\"select 1\").executeQuery().next(); }",
                "void run(org.springframework.jdbc.core.JdbcTemplate jdbc) { jdbc.execute(\"select 1\"); }",
                "Object run(org.springframework.jdbc.core.simple.JdbcClient jdbc) { return jdbc.sql(\"select 1\"); }",
                "Object run(io.r2dbc.spi.Connection c) { return c.createStatement(\"select 1\").execute(); }",
                "Object run(org.springframework.r2dbc.core.DatabaseClient db) { return db.sql(\"select 1\"); }");
    }

    private static Violation writes() {
        return RuleViolations.each(
                ArchitectureRule.THE_QUERY_SIDE_WRITES_NO_TABLE,
                "a query that writes",
                "package dev.aicore.discovery.query.discovery; class Guilty%dReader { %s }",
                "String sql = \"INSERT INTO store.facts VALUES (1)\";",
                "Object sql(Object table) { return \"insert into \" + table + \" VALUES (1)\"; }",
                "Object sql(Object table) { return \"WITH gone AS (DELETE FROM %%s) SELECT 1\".formatted(table); }",
                "Object sql(Object table) { return \"UPDATE \" + table + \" SET picks = 0\"; }",
                "String sql = \"UPDATE picks AS known SET picks = 0\";",
                "String sql = \"MERGE INTO picks USING given ON true WHEN MATCHED THEN DELETE\";",
                "String sql = \"TRUNCATE picks\";",
                "String sql = \"COPY picks (service, picks) FROM STDIN\";",
                "dev.aicore.discovery.readmodel.discovery.PickRows rows;");
    }

    private static Violation tableNames() {
        return RuleViolations.each(
                ArchitectureRule.READ_MODEL_NAMES_ITS_TABLES,
                "SQL with the name of a table of the read models",
                "package dev.aicore.discovery.projection.instance; class Guilty%dRows { %s }",
                "String sql = \"SELECT * FROM models.instances\";",
                "String sql = \"models.\" + \"instances\";",
                "Object sql(String table) { return \"DELETE FROM models.\" + table; }",
                "Object sql(String table) { return \"DELETE FROM models.%%s\".formatted(table); }",
                "Object sql(String table) { return dev.aicore.discovery.readmodel.ModelTable.SCHEMA + \".\" + table; }");
    }
}
