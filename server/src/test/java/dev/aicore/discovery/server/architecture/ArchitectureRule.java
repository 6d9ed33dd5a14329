package dev.aicore.discovery.server.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.spring.stereotype.Aggregate;

/**
 * Architecture rules that can be checked automatically. {@link RuleViolations} and {@link SqlViolations} break each of
 * them.
 */
@SuppressWarnings("ImmutableEnumChecker") // ArchRule isn't known to be immutable, but nothing changes one here
enum ArchitectureRule {
    MODULES_DEPEND_ONE_WAY(layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("shared-api")
            .definedBy("dev.aicore.discovery.api..")
            .layer("balancing")
            .definedBy("dev.aicore.discovery.balancing..")
            .layer("config")
            .definedBy("dev.aicore.discovery.config..")
            .layer("event-store")
            .definedBy("dev.aicore.discovery.eventstore..")
            .layer("web")
            .definedBy("dev.aicore.discovery.web..")
            .layer("access")
            .definedBy("dev.aicore.discovery.access..")
            .layer("read-model")
            .definedBy("dev.aicore.discovery.readmodel..")
            .layer("health-checks")
            .definedBy("dev.aicore.discovery.healthchecks..")
            .layer("embedded-stores")
            .definedBy("dev.aicore.discovery.embedded..")
            .layer("command-side")
            .definedBy("dev.aicore.discovery.command..")
            .layer("projections")
            .definedBy("dev.aicore.discovery.projection..")
            .layer("query-side")
            .definedBy("dev.aicore.discovery.query..")
            .layer("dialects")
            .definedBy("dev.aicore.discovery.dialect..")
            .layer("bridges")
            .definedBy("dev.aicore.discovery.bridge..")
            .layer("ui")
            .definedBy("dev.aicore.discovery.ui..")
            .layer("server")
            .definedBy("dev.aicore.discovery.server..")
            .layer("bench")
            .definedBy("dev.aicore.discovery.bench..")
            .whereLayer("shared-api")
            .mayNotAccessAnyLayer()
            .whereLayer("balancing")
            .mayNotAccessAnyLayer()
            .whereLayer("config")
            .mayOnlyAccessLayers("shared-api")
            .whereLayer("event-store")
            .mayOnlyAccessLayers("shared-api", "config")
            .whereLayer("web")
            .mayOnlyAccessLayers("shared-api", "config")
            .whereLayer("access")
            .mayOnlyAccessLayers("shared-api", "config", "event-store", "web")
            .whereLayer("read-model")
            .mayOnlyAccessLayers("shared-api", "config", "web")
            .whereLayer("health-checks")
            .mayOnlyAccessLayers("shared-api", "config", "web")
            .whereLayer("embedded-stores")
            .mayOnlyAccessLayers("config")
            .whereLayer("command-side")
            .mayOnlyAccessLayers("shared-api", "config", "event-store", "web", "access", "read-model", "health-checks")
            .whereLayer("projections")
            .mayOnlyAccessLayers("shared-api", "config", "event-store", "web", "access", "read-model")
            .whereLayer("query-side")
            .mayOnlyAccessLayers("shared-api", "balancing", "config", "event-store", "web", "access", "read-model")
            .whereLayer("dialects")
            .mayOnlyAccessLayers(
                    "shared-api", "config", "event-store", "web", "access", "read-model", "command-side", "query-side")
            .whereLayer("bridges")
            .mayOnlyAccessLayers(
                    "shared-api", "config", "event-store", "web", "access", "read-model", "command-side", "query-side")
            .whereLayer("ui")
            .mayOnlyAccessLayers("shared-api", "config", "web", "access")
            .whereLayer("bench")
            .mayNotBeAccessedByAnyLayer()),

    PACKAGES_HAVE_NO_CYCLES(CompositeArchRule.of(
                    slices().matching("dev.aicore.discovery.(*).(*)..").should().beFreeOfCycles())
            .and(slices().matching("dev.aicore.discovery.(*).(*).(*)..")
                    .should()
                    .beFreeOfCycles())),

    PACKAGES_ARE_NAMED_AFTER_FEATURES(classes()
            .that()
            .resideInAnyPackage(
                    "dev.aicore.discovery.api..",
                    "dev.aicore.discovery.command..",
                    "dev.aicore.discovery.projection..",
                    "dev.aicore.discovery.query..")
            .should(PackageConditions.beInTheRootOrInAPackageOfAFeature())),

    THE_QUERY_SIDE_KNOWS_NO_AXON(noClasses()
            .that()
            .resideInAPackage("dev.aicore.discovery.query..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.axonframework..")),

    THE_COMMAND_SIDE_KNOWS_NO_REDIS(noClasses()
            .that()
            .resideInAPackage("dev.aicore.discovery.command..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.lettuce..", "org.springframework.data.redis..")),

    THE_LANGUAGE_IS_PURE(noClasses()
            .that()
            .resideInAPackage("dev.aicore.discovery.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..",
                    "reactor..",
                    "io.netty..",
                    "java.sql..",
                    "java.nio.file..",
                    "java.net.http..")),

    // Clients use these rules on Java 17, without other libraries.
    BALANCING_NEEDS_NO_LIBRARY(noClasses()
            .that()
            .resideInAPackage("dev.aicore.discovery.balancing..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("java..", "org.jspecify..", "dev.aicore.discovery.balancing..")),

    COMMANDS_ARE_HANDLED_ON_THE_COMMAND_SIDE(CompositeArchRule.of(codeUnits()
                    .that()
                    .areAnnotatedWith(CommandHandler.class)
                    .or()
                    .areAnnotatedWith(EventSourcingHandler.class)
                    .should()
                    .beDeclaredInClassesThat()
                    .resideInAPackage("dev.aicore.discovery.command.."))
            .and(classes()
                    .that()
                    .areAnnotatedWith(Aggregate.class)
                    .should()
                    .resideInAPackage("dev.aicore.discovery.command.."))),

    // Axon's EventSourcingHandler is itself annotated as an event handler: only direct annotations count.
    EVENTS_ARE_HANDLED_IN_PROJECTIONS(codeUnits()
            .that()
            .areAnnotatedWith(EventHandler.class)
            .should()
            .beDeclaredInClassesThat()
            .resideInAPackage("dev.aicore.discovery.projection..")),

    QUERIES_ARE_HANDLED_ON_THE_QUERY_SIDE(codeUnits()
            .that()
            .areAnnotatedWith(QueryHandler.class)
            .should()
            .beDeclaredInClassesThat()
            .resideInAPackage("dev.aicore.discovery.query..")),

    ONLY_TIME_KNOWS_THE_TIME(noClasses()
            .that()
            .resideOutsideOfPackage("dev.aicore.discovery.config.time..")
            .should()
            .accessTargetWhere(target(ForbiddenCalls.readAClockMakeARandomIdOrSleep()))),

    // The tool is a separate program. Its operator chooses the address, as those of bridges and Axon Server are
    // settings. The addresses of other nodes are in the event store.
    ONLY_OUTBOUND_CONNECTS(CompositeArchRule.of(noClasses()
                    .that(not(resideInAnyPackage(
                            "dev.aicore.discovery.healthchecks.outbound..",
                            "dev.aicore.discovery.bridge..",
                            "dev.aicore.discovery.projection.axonserver..",
                            "dev.aicore.discovery.server.ctl..",
                            "dev.aicore.discovery.server.relay..")))
                    .should()
                    .dependOnClassesThat(ClassPredicates.outboundClients()))
            .and(noClasses()
                    .that(not(resideInAPackage("dev.aicore.discovery.healthchecks.outbound..")))
                    .should()
                    .accessTargetWhere(target(ForbiddenCalls.connectOrResolve())))),

    SQL_HAS_ITS_PLACES(CompositeArchRule.of(noClasses()
                    .that(not(ClassPredicates.sqlPlaces()))
                    .should()
                    .dependOnClassesThat(ClassPredicates.statements()))
            .and(noClasses()
                    .that(not(ClassPredicates.sqlPlaces()))
                    .should()
                    .accessTargetWhere(target(ForbiddenCalls.giveAStatement())))),

    THE_QUERY_SIDE_WRITES_NO_TABLE(noClasses()
            .that()
            .resideInAPackage("dev.aicore.discovery.query..")
            .should(SqlConditions.haveAStatementThatWrites())
            .orShould()
            .dependOnClassesThat()
            .haveSimpleNameEndingWith("Rows")),

    READ_MODEL_NAMES_ITS_TABLES(noClasses()
            .that()
            .resideOutsideOfPackage("dev.aicore.discovery.readmodel..")
            .should(SqlConditions.spellATableOfTheReadModels())),

    NOTHING_BLOCKS_AN_EVENT_LOOP(
            CompositeArchRule.of(noClasses().should().accessTargetWhere(target(ForbiddenCalls.blockOnAPublisher())))
                    .and(noClasses()
                            .that(ClassPredicates.runOnAnEventLoop())
                            .should()
                            .accessTargetWhere(target(ForbiddenCalls.block())))
                    .and(noClasses()
                            .that(ClassPredicates.runOnAnEventLoop())
                            .should()
                            .dependOnClassesThat()
                            .haveSimpleNameEndingWith("Rows")
                            .orShould()
                            .dependOnClassesThat()
                            .resideInAnyPackage("java.sql..", "javax.sql.."))),

    EVENTS_ARE_RECORDS_WITH_A_REVISION(classes()
            .that(EventConditions.areEvents())
            .should()
            .beRecords()
            .andShould()
            .beAnnotatedWith(EventConditions.REVISION)),

    EVENTS_HAVE_A_WIRE_NAME(
            classes().that(EventConditions.areEvents()).should(EventConditions.beListedWithTheirRevision())),

    EVENTS_HAVE_GOLDEN_FILES(
            classes().that(EventConditions.areEvents()).should(EventConditions.haveAGoldenFileOfEachRevision())),

    NAMES_SAY_WHAT_IT_IS(noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Util|Utils|Dto|DTO)")),

    NAMES_ARE_NOUN_PHRASES(noClasses().should(NameConditions.haveAParticipleAPronounOrASuperlativeAsTheirName())),

    NAMES_ARE_UNIQUE(classes().that().areTopLevelClasses().should(NameConditions.haveAUniqueSimpleName())),

    PACKAGES_ARE_NULL_MARKED(classes().should(ClassPredicates.beInANullMarkedPackage()));

    private final ArchRule rule;

    ArchitectureRule(ArchRule rule) {
        this.rule = rule;
    }

    ArchRule rule() {
        return rule;
    }
}
