package dev.aicore.discovery.projection.axonserver;

import static dev.aicore.discovery.projection.testing.InstanceFactSamples.T0;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.deregistered;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.expired;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.registered;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.lease.LeasesExtended;
import dev.aicore.discovery.config.settings.AxonServerSettings;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.projection.axonserver.FactExportException.Reason;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import io.axoniq.axonserver.connector.AxonServerConnectionFactory;
import io.axoniq.axonserver.connector.impl.ServerAddress;
import io.axoniq.axonserver.grpc.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests what the export relies on, for the double and for a real node. Instances have ids that no other run has used.
 */
@Tag("integration")
abstract class FactExportContract {

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    private final String run = UUID.randomUUID().toString();
    private ReadModelStoreFixture store;
    private AxonServerSession session;

    abstract AxonServerSettings settings();

    @BeforeEach
    void open() throws FactExportException {
        store = new ReadModelStoreFixture(POSTGRES);
        session = AxonServerSession.open(settings(), "test");
    }

    @AfterEach
    void close() {
        session.close();
        store.close();
    }

    @Test
    void factsOfInstances_areExportedInTheirOrder_andNothingElse() throws Exception {
        store.append(1, registered(id("a"), 0), updated(id("a"), 2));
        store.append(2, registered(id("b"), 0));
        store.append(1, new LeasesExtended("shard-1", T0, "start", "The registry started."));
        long last = store.append(1, expired(id("a")), deregistered(id("a")));

        exportAll(exporter());

        var events = events("a");
        assertThat(events)
                .extracting(event -> event.getPayload().getType())
                .containsExactly("InstanceRegistered", "InstanceUpdated", "LeaseExpired", "InstanceDeregistered");
        assertThat(events).extracting(Event::getAggregateSequenceNumber).containsExactly(0L, 1L, 2L, 3L);
        assertThat(events).extracting(Event::getMessageIdentifier).doesNotHaveDuplicates();
        assertThat(events.getLast()
                        .getMetaDataOrThrow(FactEventEncoder.POSITION)
                        .getNumberValue())
                .isEqualTo(last);
        assertThat(events.getFirst().getPayload().getRevision()).isEqualTo("2");
        assertThat(events.getFirst().getPayload().getData().toStringUtf8()).contains("\"name\":\"user-service\"");
        assertThat(events("b")).hasSize(1);
        assertThat(POSTGRES.texts("SELECT processor_name FROM store.tokens"))
                .containsExactly("axon_server:" + settings().context());
    }

    @Test
    void factsThatAreThere_areNotAppendedAgain() throws Exception {
        store.append(1, registered(id("a"), 0), updated(id("a"), 2));
        exportAll(exporter());
        store.append(1, updated(id("a"), 3), registered(id("b"), 1));
        store.resetTokens();

        var repeated = exporter();
        exportAll(repeated);

        assertThat(events("a")).extracting(Event::getAggregateSequenceNumber).containsExactly(0L, 1L, 2L);
        assertThat(events("b")).hasSize(1);
        assertThat(repeated.alreadyThere()).isEqualTo(2);
        assertThat(repeated.exported()).isEqualTo(2);
    }

    @Test
    void twoExporters_appendEachFactOnce() throws Exception {
        var one = exporter();
        var other = exporter();
        var facts = new ArrayList<Object>();
        facts.add(registered(id("a"), 0));
        for (int version = 2; version <= 120; version++) {
            facts.add(updated(id("a"), version));
        }
        store.append(1, facts.toArray());

        // Both begin at the first fact, as if one didn't know yet that the other had taken over.
        boolean more = true;
        while (more) {
            one.exportPage(session);
            more = other.exportPage(session);
        }

        assertThat(events("a")).hasSize(facts.size());
        assertThat(one.exported() + other.exported()).isEqualTo(facts.size());
    }

    @Test
    void eventOfAnotherStore_stopsTheExport() throws Exception {
        store.append(1, registered(id("a"), 0));
        exportAll(exporter());
        try (var another = new ReadModelStoreFixture(POSTGRES)) {
            another.append(1, registered(id("a"), 0));
            var token = new ExportToken(another.access, settings().context());
            token.claim();
            var exporter = exporter(another, token);

            assertThatThrownBy(() -> exporter.exportPage(session))
                    .isInstanceOfSatisfying(
                            FactExportException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(Reason.DIVERGED))
                    .hasMessageContaining(id("a"));
            assertThat(token.position()).isZero();
        }
        assertThat(events("a")).hasSize(1);
    }

    private FactExporter exporter() {
        var token = new ExportToken(store.access, settings().context());
        token.claim();
        return exporter(store, token);
    }

    private FactExporter exporter(ReadModelStoreFixture from, ExportToken token) {
        return new FactExporter(
                from.access,
                token,
                new FactEventEncoder(from.reader.head().incarnation()),
                settings().batchSize());
    }

    private void exportAll(FactExporter exporter) throws FactExportException {
        boolean more = true;
        while (more) {
            more = exporter.exportPage(session);
        }
    }

    private String id(String name) {
        return run + '-' + name;
    }

    /** Reads the events of an aggregate by a connection of the connector, as other applications do. */
    private List<Event> events(String name) throws InterruptedException {
        var node = settings().nodes().getFirst();
        var factory = AxonServerConnectionFactory.forClient("test")
                .routingServers(new ServerAddress(node.host(), node.port()))
                .build();
        try {
            var stream = factory.connect(settings().context()).eventChannel().openAggregateStream(id(name), false);
            var events = new ArrayList<Event>();
            while (stream.hasNext()) {
                events.add(stream.next());
            }
            return events;
        } finally {
            factory.shutdown();
        }
    }
}
