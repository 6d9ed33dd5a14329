package dev.aicore.discovery.command.history;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.CircuitChanged;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.testing.EventMetadataBuilder;
import dev.aicore.discovery.config.telemetry.LogEvent;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.eventstore.AppendListener.AppendedGroup;
import dev.aicore.discovery.eventstore.EventAppender.AppendResult;
import dev.aicore.discovery.eventstore.NewEvent;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FactLoggerTest {

    private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
    private static final int MAX_PER_SECOND = 10;
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final Logger logger = (Logger) LoggerFactory.getLogger(FactLogger.NAME);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private Level level;

    @BeforeEach
    void attach() {
        level = logger.getLevel();
        logger.setLevel(Level.INFO);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void detach() {
        logger.detachAppender(lines);
        logger.setLevel(level);
    }

    @Test
    void flood_isCountedBeyondTheLimit() {
        log(Collections.nCopies(1_000, deregistered()));
        assertThat(named(LogEvent.DEREGISTERED)).hasSize(MAX_PER_SECOND);
        assertThat(named(LogEvent.LINES_SUPPRESSED))
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("990 further lines of deregistered within a second were suppressed.");
    }

    @Test
    void line_hasTheIdsOfItsRequest() {
        log(List.of(deregistered()));
        assertThat(named(LogEvent.DEREGISTERED)).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.INFO);
            assertThat(values(line))
                    .containsEntry(LogEvent.POSITION, "100")
                    .containsEntry(LogEvent.SERVICE_NAME, "orders")
                    .containsEntry(LogEvent.INSTANCE_ID, "o1")
                    .containsEntry(LogEvent.TRACE_ID, TRACE)
                    .containsEntry(LogEvent.SPAN_ID, "b7ad6b7169203331")
                    .containsKey(LogEvent.REQUEST_ID);
        });
    }

    @Test
    void disabledEvent_isNotLogged() {
        logger.setLevel(Level.WARN);
        log(List.of(deregistered(), opened()));
        assertThat(lines.list).hasSize(1);
        assertThat(named(LogEvent.BREAKER_OPENED)).hasSize(1);
    }

    /** Logs facts with the positions from 100; returns when all lines are written. */
    private static void log(List<?> facts) {
        try (var factLogger = new FactLogger(new ManualTimeSource(NOW), MAX_PER_SECOND)) {
            var events = facts.stream()
                    .map(fact -> new NewEvent(0, 0, "type", 1, true, "o1", new byte[0], fact))
                    .toList();
            factLogger.onAppended(new AppendedGroup(new AppendResult(100, events.size(), NOW), events));
            factLogger.start();
        }
    }

    private List<ILoggingEvent> named(LogEvent event) {
        return lines.list.stream()
                .filter(line -> event.displayName().equals(values(line).get(LogEvent.NAME)))
                .toList();
    }

    private static Map<String, String> values(ILoggingEvent line) {
        return line.getKeyValuePairs().stream()
                .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value)));
    }

    private static InstanceDeregistered deregistered() {
        return new InstanceDeregistered("o1", "orders", NOW, metadata());
    }

    private static CircuitChanged opened() {
        return new CircuitChanged(
                "o1", "orders", BreakerState.CLOSED, BreakerState.OPEN, 10, 9, 0, "too many", NOW, NOW, metadata());
    }

    private static EventMetadata metadata() {
        return EventMetadataBuilder.by("ann")
                .requestId("req-1")
                .traceParent("00-" + TRACE + "-b7ad6b7169203331-01")
                .build();
    }
}
