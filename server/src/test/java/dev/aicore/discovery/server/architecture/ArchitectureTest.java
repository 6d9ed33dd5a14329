package dev.aicore.discovery.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import dev.aicore.discovery.server.architecture.RuleViolations.Violation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOptions(List.of(
                    new ImportOption.DoNotIncludeTests(),
                    ArchitectureTest::isNoJarOfTests,
                    ArchitectureTest::isNotOfTheClient))
            .importPackages("dev.aicore.discovery");

    private static final SourceCompiler COMPILER = new SourceCompiler();

    static final List<Violation> VIOLATIONS = RuleViolations.ALL;

    @AfterAll
    static void close() throws IOException {
        COMPILER.close();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void productionCode_compliesWithRule(ArchitectureRule architectureRule) {
        architectureRule.rule().check(PRODUCTION);
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("VIOLATIONS")
    void violation_isDetectedByRule(Violation violation, @TempDir Path folder) {
        JavaClasses classes = COMPILER.compile(folder, violation.sources());

        List<String> details =
                violation.rule().rule().evaluate(classes).getFailureReport().getDetails();
        assertThat(violation.guilty()).allSatisfy(source -> {
            Pattern guilty = Pattern.compile("\\b" + Pattern.quote(SourceCompiler.nameOf(source)) + "\\b");
            assertThat(details).as("caught: %s", source).anyMatch(guilty.asPredicate());
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("allowed")
    void allowedCode_passesRule(Violation innocent, @TempDir Path folder) {
        JavaClasses classes = COMPILER.compile(folder, innocent.sources());

        innocent.rule().rule().check(classes);
    }

    @Test
    void rules_allHaveViolationExample() {
        assertThat(VIOLATIONS).extracting(Violation::rule).contains(ArchitectureRule.values());
    }

    @Test
    void importedClasses_coverAllModulesWithoutTests() {
        assertThat(PRODUCTION)
                .extracting(JavaClass::getPackageName)
                .contains(
                        "dev.aicore.discovery.api",
                        "dev.aicore.discovery.config.settings",
                        "dev.aicore.discovery.eventstore",
                        "dev.aicore.discovery.web",
                        "dev.aicore.discovery.access",
                        "dev.aicore.discovery.readmodel.cache",
                        "dev.aicore.discovery.healthchecks.probe",
                        "dev.aicore.discovery.embedded.postgres",
                        "dev.aicore.discovery.command",
                        "dev.aicore.discovery.projection",
                        "dev.aicore.discovery.query",
                        "dev.aicore.discovery.server");
        assertThat(PRODUCTION).extracting(JavaClass::getSimpleName).noneMatch(name -> name.endsWith("Test"));
    }

    /** The list of features doesn't outlive its packages. */
    @Test
    void features_areAtMostFourteenAndAllInUse() {
        assertThat(PackageConditions.FEATURES)
                .hasSizeLessThanOrEqualTo(14)
                .allSatisfy(feature -> assertThat(PRODUCTION)
                        .as("packages of %s", feature)
                        .anyMatch(type -> type.getPackageName()
                                .matches("dev\\.aicore\\.discovery\\.(api|command|projection|query)\\." + feature
                                        + "\\b.*")));
    }

    static Stream<Violation> allowed() {
        return Stream.of(
                new Violation(
                                ArchitectureRule.MODULES_DEPEND_ONE_WAY,
                                "the query side uses config",
                                "package dev.aicore.discovery.query.instance; class Listing { dev.aicore.discovery.config.time.Time time; }")
                        .with("package dev.aicore.discovery.config.time; public interface Time {}"),
                new Violation(
                        ArchitectureRule.EVENTS_ARE_HANDLED_IN_PROJECTIONS,
                        "an aggregate folds its own events",
                        "package dev.aicore.discovery.command.instance; class Shard { @org.axonframework.eventsourcing.EventSourcingHandler void on(String event) {} }"),
                new Violation(
                        ArchitectureRule.ONLY_TIME_KNOWS_THE_TIME,
                        "config.time reads the clock",
                        "package dev.aicore.discovery.config.time; class Wall { Object now() { return java.time.Instant.now(); } }"),
                new Violation(
                        ArchitectureRule.ONLY_TIME_KNOWS_THE_TIME,
                        "a date of a known instant",
                        "package dev.aicore.discovery.query.instance; class Dates { Object of(long millis) { return new java.util.Date(millis); } }"),
                new Violation(
                        ArchitectureRule.SQL_HAS_ITS_PLACES,
                        "rows and what is nested in them",
                        "package dev.aicore.discovery.projection.instance; class InstanceRows { static class Batch { void run(java.sql.Statement s) throws Exception { s.execute(\"select 1\"); } } }"),
                new Violation(
                        ArchitectureRule.SQL_HAS_ITS_PLACES,
                        "a data source is plumbing",
                        "package dev.aicore.discovery.eventstore; class Wiring { Object open(javax.sql.DataSource source) throws Exception { return source.getConnection(); } }"),
                new Violation(
                        ArchitectureRule.SQL_HAS_ITS_PLACES,
                        "a client for others to use is plumbing",
                        "package dev.aicore.discovery.query.instance; class Wiring { Object make(io.r2dbc.spi.ConnectionFactory f) { return org.springframework.r2dbc.core.DatabaseClient.create(f); } }"),
                new Violation(
                        ArchitectureRule.SQL_HAS_ITS_PLACES,
                        "what a row says is not SQL",
                        "package dev.aicore.discovery.query.instance; record Name(String name) { static Name of(java.sql.ResultSet row) throws Exception { return new Name(row.getString(1)); } }"),
                new Violation(
                        ArchitectureRule.THE_QUERY_SIDE_WRITES_NO_TABLE,
                        "a query that locks rows, and a message that reads like SQL",
                        "package dev.aicore.discovery.query.instance; class InstanceReader { String sql = \"SELECT 1 FROM picks FOR UPDATE\"; String message = \"Update the copy from time to time, and insert a pause.\"; }"),
                new Violation(
                        ArchitectureRule.READ_MODEL_NAMES_ITS_TABLES,
                        "a table named by its constant, and a sentence that ends with models.",
                        "package dev.aicore.discovery.query.instance; class InstanceReader { String sql = \"SELECT * FROM \" + dev.aicore.discovery.readmodel.ModelTable.INSTANCES; String message = \"Rebuild the read models. Then retry.\"; }"),
                new Violation(
                        ArchitectureRule.NOTHING_BLOCKS_AN_EVENT_LOOP,
                        "a thread of its own may wait",
                        "package dev.aicore.discovery.command.instance; class Collector { Object take(java.util.concurrent.CompletableFuture<?> f) { return f.join(); } }"));
    }

    /** The Java client isn't part of the server, and its rules are those of a library. */
    private static boolean isNotOfTheClient(Location location) {
        return !location.contains("dev/aicore/discovery/client/");
    }

    private static boolean isNoJarOfTests(Location location) {
        return !location.contains("-tests.jar");
    }
}
