package dev.aicore.discovery.command.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.axonframework.test.matchers.Matchers.matches;
import static org.axonframework.test.matchers.Matchers.messageWithPayload;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome.Configured;
import dev.aicore.discovery.api.Outcome.Edit;
import dev.aicore.discovery.api.Outcome.Refused;
import dev.aicore.discovery.api.configuration.ConfigurationCommand.DeclareSchema;
import dev.aicore.discovery.api.configuration.ConfigurationCommand.DeleteConfiguration;
import dev.aicore.discovery.api.configuration.ConfigurationCommand.DropSchema;
import dev.aicore.discovery.api.configuration.ConfigurationCommand.RollBackConfiguration;
import dev.aicore.discovery.api.configuration.ConfigurationCommand.StoreConfiguration;
import dev.aicore.discovery.api.configuration.ConfigurationFact;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationDeleted;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationRolledBack;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationSchemaDeclared;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationSchemaDropped;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationStored;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationStream;
import dev.aicore.discovery.api.configuration.ConfigurationPrecondition;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.command.configuration.ConfigurationAggregate.ContentReader;
import dev.aicore.discovery.config.testing.GoldenFile;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.aggregate.TestExecutor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfigurationAggregateTest {

    private static final Instant T = Instant.parse("2026-11-23T12:00:00Z");
    private static final EventMetadata BY = EventMetadata.ofRegistry("rest");
    private static final String NEEDS_PORT = "{\"required\":[\"port\"]}";

    private static final ConfigurationStored OF_ANOTHER = new ConfigurationStored("billing", 1, "{}", T, BY);

    private AggregateTestFixture<ConfigurationAggregate> fixture =
            new AggregateTestFixture<>(ConfigurationAggregate.class);
    private List<ConfigurationFact> given = List.of();

    @BeforeEach
    void begin() {
        fixture = new AggregateTestFixture<>(ConfigurationAggregate.class);
        fixture.registerInjectableResource(
                (ContentReader) event -> StoredContentReader.contentOf(given.get((int) event)));
        fixture.registerInjectableResource(new JsonSchemaValidator());
    }

    @Test
    void store_withoutPriorVersion_createsVersion1() {
        after().when(store("{\"a\":1}", ConfigurationPrecondition.NONE))
                .expectEvents(stored(1, "{\"a\":1}"))
                .expectResultMessagePayload(configured(Edit.CREATED, 1));
    }

    @Test
    void store_afterPriorVersion_createsNextVersion() {
        after(stored(1, "{}"), OF_ANOTHER)
                .when(store("{\"a\":1}", ConfigurationPrecondition.NONE))
                .expectEvents(stored(2, "{\"a\":1}"))
                .expectResultMessagePayload(configured(Edit.CHANGED, 2));
    }

    @Test
    void store_ofEqualContent_createsNoVersion() {
        after(stored(1, "{\"a\":1}"))
                .when(store("{\"a\":1}", ConfigurationPrecondition.NONE))
                .expectNoEvents()
                .expectResultMessagePayload(configured(Edit.UNCHANGED, 1));
    }

    @Test
    void store_withPrecondition_requiresCurrentVersion() {
        after(stored(1, "{}"), stored(2, "{\"a\":1}"))
                .when(store("{\"b\":1}", ConfigurationPrecondition.oneOf(Set.of("\"2\""))))
                .expectEvents(stored(3, "{\"b\":1}"));
        refused(
                after(stored(1, "{}"), stored(2, "{\"a\":1}"))
                        .when(store("{\"b\":1}", ConfigurationPrecondition.oneOf(Set.of("\"1\"")))),
                ErrorCode.PRECONDITION_FAILED);
        refused(
                after(OF_ANOTHER).when(store("{\"b\":1}", ConfigurationPrecondition.PRESENT)),
                ErrorCode.PRECONDITION_FAILED);
        refused(
                after(stored(1, "{}")).when(store("{\"b\":1}", ConfigurationPrecondition.ABSENT)),
                ErrorCode.PRECONDITION_FAILED);
        after().when(store("{\"b\":1}", ConfigurationPrecondition.ABSENT)).expectEvents(stored(1, "{\"b\":1}"));
    }

    @Test
    void rollback_createsVersionWithOldContent() {
        after(stored(1, "{\"a\":1}"), stored(2, "{\"a\":2}"))
                .when(rollBack(1, ConfigurationPrecondition.NONE))
                .expectEvents(new ConfigurationRolledBack("orders", 3, 1, "{\"a\":1}", T, BY))
                .expectResultMessagePayload(configured(Edit.ROLLED_BACK, 3));
    }

    @Test
    void rollback_toCurrentContent_createsNoVersion() {
        after(stored(1, "{\"a\":1}"), stored(2, "{\"a\":2}"), rolledBack(3, 1, "{\"a\":1}"))
                .when(rollBack(1, ConfigurationPrecondition.NONE))
                .expectNoEvents()
                .expectResultMessagePayload(configured(Edit.UNCHANGED, 3));
    }

    @Test
    void rollback_toRollbackVersion_restoresContent() {
        after(stored(1, "{\"a\":1}"), stored(2, "{\"a\":2}"), rolledBack(3, 1, "{\"a\":1}"), stored(4, "{}"))
                .when(rollBack(3, ConfigurationPrecondition.oneOf(Set.of("\"4\""))))
                .expectEvents(new ConfigurationRolledBack("orders", 5, 3, "{\"a\":1}", T, BY));
    }

    @Test
    void rollback_toUnknownVersion_isRefused() {
        refused(after(stored(1, "{}")).when(rollBack(2, ConfigurationPrecondition.NONE)), ErrorCode.UNKNOWN_VERSION);
        refused(after(OF_ANOTHER).when(rollBack(1, ConfigurationPrecondition.NONE)), ErrorCode.UNKNOWN_CONFIGURATION);
        refused(
                after(stored(1, "{}")).when(rollBack(1, ConfigurationPrecondition.oneOf(Set.of("\"7\"")))),
                ErrorCode.PRECONDITION_FAILED);
    }

    @Test
    void deletedConfiguration_keepsVersionsAndNumbering() {
        after(stored(1, "{\"a\":1}"))
                .when(delete(ConfigurationPrecondition.NONE))
                .expectEvents(new ConfigurationDeleted("orders", 1, T, BY))
                .expectResultMessagePayload(configured(Edit.DELETED, 1));
        after(stored(1, "{\"a\":1}"), deleted(1))
                .when(store("{\"a\":1}", ConfigurationPrecondition.ABSENT))
                .expectEvents(stored(2, "{\"a\":1}"))
                .expectResultMessagePayload(configured(Edit.CREATED, 2));
        after(stored(1, "{\"a\":1}"), deleted(1))
                .when(rollBack(1, ConfigurationPrecondition.NONE))
                .expectEvents(rolledBack(2, 1, "{\"a\":1}"));
    }

    @Test
    void delete_ofMissingConfiguration_isRefused() {
        refused(after(OF_ANOTHER).when(delete(ConfigurationPrecondition.NONE)), ErrorCode.UNKNOWN_CONFIGURATION);
        refused(
                after(stored(1, "{}"), deleted(1)).when(delete(ConfigurationPrecondition.NONE)),
                ErrorCode.UNKNOWN_CONFIGURATION);
        refused(
                after(stored(1, "{}")).when(delete(ConfigurationPrecondition.oneOf(Set.of("\"2\"")))),
                ErrorCode.PRECONDITION_FAILED);
    }

    @Test
    void schema_isEnforcedOnStoreAndRollback() {
        refused(after(declared(1)).when(store("{\"a\":1}", ConfigurationPrecondition.NONE)), ErrorCode.SCHEMA_VIOLATED);
        after(declared(1))
                .when(store("{\"port\":1}", ConfigurationPrecondition.NONE))
                .expectEvents(stored(1, "{\"port\":1}"));
        refused(
                after(stored(1, "{}"), stored(2, "{\"port\":1}"), declared(1))
                        .when(rollBack(1, ConfigurationPrecondition.NONE)),
                ErrorCode.SCHEMA_VIOLATED);
        after(declared(1), new ConfigurationSchemaDropped("orders", 2, T, BY))
                .when(store("{\"a\":1}", ConfigurationPrecondition.NONE))
                .expectEvents(stored(1, "{\"a\":1}"));
    }

    @Test
    void declareSchema_violatedByCurrentContent_isRefused() {
        refused(after(stored(1, "{\"a\":1}")).when(declare(NEEDS_PORT)), ErrorCode.SCHEMA_VIOLATED);
        after(stored(1, "{\"a\":1}"), deleted(1)).when(declare(NEEDS_PORT)).expectEvents(declared(1));
        after(stored(1, "{\"port\":1}"))
                .when(declare(NEEDS_PORT))
                .expectEvents(declared(1))
                .expectResultMessagePayload(configured(Edit.CREATED, 1));
    }

    @Test
    void declareSchema_withInvalidSchema_isRefused() {
        refused(after(OF_ANOTHER).when(declare("{\"type\":\"number or so\"}")), ErrorCode.VALIDATION_FAILED);
    }

    @Test
    void schemaChange_createsNextRevision() {
        after(declared(1))
                .when(declare(NEEDS_PORT))
                .expectNoEvents()
                .expectResultMessagePayload(configured(Edit.UNCHANGED, 1));
        after(declared(1))
                .when(declare("{}"))
                .expectEvents(new ConfigurationSchemaDeclared("orders", 2, "{}", T, BY))
                .expectResultMessagePayload(configured(Edit.CHANGED, 2));
        after(declared(1))
                .when(drop(ConfigurationPrecondition.oneOf(Set.of("\"s1\""))))
                .expectEvents(new ConfigurationSchemaDropped("orders", 2, T, BY))
                .expectResultMessagePayload(configured(Edit.DELETED, 2));
        refused(
                after(declared(1)).when(drop(ConfigurationPrecondition.oneOf(Set.of("\"s2\"")))),
                ErrorCode.PRECONDITION_FAILED);
        refused(after(OF_ANOTHER).when(drop(ConfigurationPrecondition.NONE)), ErrorCode.UNKNOWN_SCHEMA);
        after(declared(1), new ConfigurationSchemaDropped("orders", 2, T, BY))
                .when(declare(NEEDS_PORT))
                .expectEvents(declared(3));
    }

    @Test
    void snapshot_roundTripsVersionIndex() throws IOException {
        var aggregate = new ConfigurationAggregate();
        aggregate.on(stored(1, "{}"), 0);
        aggregate.on(declared(1), 1);
        aggregate.on(stored(2, "{\"port\":1}"), 2);
        aggregate.on(new ConfigurationStored("billing", 1, "{}", T, BY), 3);
        aggregate.on(new ConfigurationDeleted("billing", 1, T, BY));

        var codec = ConfigurationSnapshotCodec.codec();
        var bytes = codec.encode().apply(aggregate);
        var again = codec.decode().apply(bytes);

        GoldenFile.assertHolds("version-book-snapshot.txt", Stream.of(new String(bytes, UTF_8)));
        assertThat(codec.encode().apply(again)).isEqualTo(bytes);
        var orders = Objects.requireNonNull(again.services().get("orders"));
        assertThat(orders.version()).isEqualTo(2);
        assertThat(orders.eventOf(1)).isZero();
        assertThat(orders.eventOf(2)).isEqualTo(2);
        assertThat(orders.schema()).isEqualTo(1);
        assertThat(orders.hasContent("{\"port\":1}")).isTrue();
        assertThat(orders.hasContent("{}")).isFalse();
        assertThat(again.services().get("billing")).isNotNull().matches(versionIndex -> !versionIndex.isPresent());
    }

    private TestExecutor<ConfigurationAggregate> after(ConfigurationFact... facts) {
        begin();
        given = List.of(facts);
        return facts.length == 0 ? fixture.givenNoPriorActivity() : fixture.given((Object[]) facts);
    }

    private static void refused(ResultValidator<ConfigurationAggregate> result, ErrorCode code) {
        result.expectNoEvents()
                .expectResultMessageMatching(messageWithPayload(
                        matches((Object outcome) -> outcome instanceof Refused refused && refused.code() == code)));
    }

    private static Configured configured(Edit edit, int number) {
        return new Configured("orders", edit, number, T);
    }

    private static ConfigurationStored stored(int version, String content) {
        return new ConfigurationStored("orders", version, content, T, BY);
    }

    private static ConfigurationRolledBack rolledBack(int version, int restored, String content) {
        return new ConfigurationRolledBack("orders", version, restored, content, T, BY);
    }

    private static ConfigurationDeleted deleted(int version) {
        return new ConfigurationDeleted("orders", version, T, BY);
    }

    private static ConfigurationSchemaDeclared declared(int revision) {
        return new ConfigurationSchemaDeclared("orders", revision, NEEDS_PORT, T, BY);
    }

    private static StoreConfiguration store(String content, ConfigurationPrecondition precondition) {
        return new StoreConfiguration(ConfigurationStream.NAME, "orders", content, precondition, T, BY);
    }

    private static RollBackConfiguration rollBack(int version, ConfigurationPrecondition precondition) {
        return new RollBackConfiguration(ConfigurationStream.NAME, "orders", version, precondition, T, BY);
    }

    private static DeleteConfiguration delete(ConfigurationPrecondition precondition) {
        return new DeleteConfiguration(ConfigurationStream.NAME, "orders", precondition, T, BY);
    }

    private static DeclareSchema declare(String schema) {
        return new DeclareSchema(ConfigurationStream.NAME, "orders", schema, ConfigurationPrecondition.NONE, T, BY);
    }

    private static DropSchema drop(ConfigurationPrecondition precondition) {
        return new DropSchema(ConfigurationStream.NAME, "orders", precondition, T, BY);
    }
}
