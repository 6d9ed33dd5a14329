package dev.aicore.discovery.eventstore.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.eventstore.DurableResult;
import dev.aicore.discovery.eventstore.WriterId;
import dev.aicore.discovery.eventstore.axon.HeartbeatShard.Beat;
import dev.aicore.discovery.eventstore.axon.HeartbeatShard.Look;
import dev.aicore.discovery.eventstore.axon.HeartbeatShard.Open;
import dev.aicore.discovery.eventstore.wire.SnapshotSerializer.SnapshotCodec;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.SimpleEventBus;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

@Tag("integration")
class EventStoreConfigurationTest {

    @RegisterExtension
    static final TestPostgres postgres = new TestPostgres();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({EventStoreConfiguration.class, EventStoreWriterConfiguration.class})
    static class Store {

        @Bean
        WriterId writerId() {
            return new WriterId("test");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import({Store.class, HeartbeatShard.class})
    static class Shards {

        @Bean
        SnapshotCodec<HeartbeatShard> codec() {
            return HeartbeatShard.CODEC;
        }

        @Bean
        SnapshotTriggerDefinition everyFourEvents(Snapshotter snapshotter) {
            return new EventCountSnapshotTriggerDefinition(snapshotter, 4);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TokensInMemory {
        @Bean
        @Primary
        TokenStore forgetful() {
            return new InMemoryTokenStore();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NoTransactions {
        @Bean
        @Primary
        TransactionManager none() {
            return NoTransactionManager.instance();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class EventsNotStored {
        @Bean
        @Primary
        EventBus simple() {
            return SimpleEventBus.builder().build();
        }
    }

    private static final String UPDATE_CHECKER_OFF = "axoniq.update-checker.disabled";

    @BeforeEach
    void empty() {
        postgres.execute("DROP SCHEMA IF EXISTS store CASCADE");
    }

    @Test
    void commandResult_hasPositionOfEvents() {
        try (var context = start(Shards.class)) {
            var gateway = context.getBean(CommandGateway.class);

            DurableResult<Integer> opened = gateway.sendAndWait(new Open("shard-0"));
            DurableResult<Integer> beat = gateway.sendAndWait(new Beat("shard-0", false));
            DurableResult<Integer> look = gateway.sendAndWait(new Look("shard-0"));

            assertThat(opened.appendResult())
                    .hasValueSatisfying(
                            result -> assertThat(result.firstPosition()).isEqualTo(1));
            assertThat(beat.result()).isEqualTo(1);
            assertThat(beat.appendResult())
                    .hasValueSatisfying(
                            receipt -> assertThat(receipt.lastPosition()).isEqualTo(2));
            assertThat(look.appendResult()).isEmpty();
        }
    }

    @Test
    void failedHandler_discardsAppliedEvents() {
        try (var context = start(Shards.class)) {
            var gateway = context.getBean(CommandGateway.class);
            gateway.sendAndWait(new Open("shard-0"));

            assertThatThrownBy(() -> gateway.sendAndWait(new Beat("shard-0", true)))
                    .hasMessageContaining("after the event was applied");

            DurableResult<Integer> look = gateway.sendAndWait(new Look("shard-0"));
            assertThat(look.result()).isZero();
            assertThat(postgres.number("SELECT position FROM store.head")).isEqualTo(1);
        }
    }

    @Test
    void shard_afterRestart_isLoadedFromSnapshot() {
        try (var context = start(Shards.class)) {
            var gateway = context.getBean(CommandGateway.class);
            gateway.sendAndWait(new Open("shard-0"));
            for (int i = 0; i < 6; i++) {
                gateway.sendAndWait(new Beat("shard-0", false));
            }
            await().until(() -> postgres.number("SELECT count(*) FROM store.snapshots") == 1);
        }
        postgres.execute("DELETE FROM store.observations WHERE seq <= (SELECT seq FROM store.snapshots)");
        try (var context = start(Shards.class)) {
            DurableResult<Integer> look = context.getBean(CommandGateway.class).sendAndWait(new Look("shard-0"));
            assertThat(look.result()).isEqualTo(6);
        }
    }

    @Test
    void axonServerAndUpdateChecker_areDisabled() {
        System.clearProperty(UPDATE_CHECKER_OFF);
        try (var context = start(Shards.class)) {
            assertThat(context.getEnvironment().getProperty("axon.axonserver.enabled"))
                    .isEqualTo("false");
            assertThat(context.getEnvironment().getProperty("axon.timeout.enabled"))
                    .isEqualTo("false");
            assertThat(System.getProperty(UPDATE_CHECKER_OFF)).isEqualTo("true");
        }
    }

    @Test
    void nonDurableComponents_areRefused() {
        assertThatThrownBy(() -> start(Shards.class, TokensInMemory.class))
                .hasStackTraceContaining("not wired durably")
                .hasStackTraceContaining("forgetful is a InMemoryTokenStore");
        assertThatThrownBy(() -> start(Shards.class, NoTransactions.class))
                .hasStackTraceContaining("none is a NoTransactionManager");
        assertThatThrownBy(() -> start(Store.class, EventsNotStored.class))
                .hasStackTraceContaining("simple is a SimpleEventBus");
    }

    private static ConfigurableApplicationContext start(Class<?>... configurations) {
        return new SpringApplicationBuilder(configurations)
                .web(WebApplicationType.NONE)
                .run(
                        "--service-discovery.database.postgres.url=postgresql://" + postgres.user() + ":"
                                + postgres.password() + "@localhost:" + postgres.port() + "/" + postgres.database(),
                        "--spring.flyway.enabled=false",
                        "--spring.main.banner-mode=off");
    }
}
