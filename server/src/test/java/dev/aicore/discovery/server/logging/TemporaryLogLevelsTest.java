package dev.aicore.discovery.server.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.ManualTimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import reactor.core.Disposable;
import reactor.core.Disposables;

class TemporaryLogLevelsTest {

    private static final String NAME = "dev.aicore.discovery.test.levels";
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Caller ANN = new Caller("ann", "admin", "10.0.0.1", "rest", "req-7", "slow reads");

    private final ManualTimeSource time = ManualTimeSource.atNoon();
    private final List<Disposable> ends = new ArrayList<>();
    private final TemporaryLogLevels levels = new TemporaryLogLevels(
            LoggingSystem.get(TemporaryLogLevelsTest.class.getClassLoader()), time, (_, _) -> newEnd());
    private final Logger logger = logback(NAME);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void start() {
        logger.setLevel(Level.ERROR);
        lines.start();
        logback(TemporaryLogLevels.AUDIT_LOGGER).addAppender(lines);
    }

    @AfterEach
    void stop() {
        logback(TemporaryLogLevels.AUDIT_LOGGER).detachAppender(lines);
        logger.setLevel(null);
    }

    @Test
    void change_setsLevel_untilTimeIsOver() {
        var view = levels.change(NAME, LogLevel.DEBUG, TEN_MINUTES, ANN);

        assertThat(logger.getLevel()).isEqualTo(Level.DEBUG);
        assertThat(view.configuredLevel()).isEqualTo("debug");
        assertThat(view.change()).isNotNull().satisfies(change -> {
            assertThat(change.by()).isEqualTo("ann");
            assertThat(change.reason()).isEqualTo("slow reads");
            assertThat(change.previousLevel()).isEqualTo("error");
            assertThat(change.until()).isEqualTo("2026-11-23T12:10:00Z");
        });

        time.pass(TEN_MINUTES.minusMillis(1));
        levels.expire();
        assertThat(logger.getLevel()).isEqualTo(Level.DEBUG);

        time.pass(Duration.ofMillis(1));
        levels.expire();
        assertThat(logger.getLevel()).isEqualTo(Level.ERROR);
        assertThat(levels.list())
                .filteredOn(listed -> listed.logger().equals(NAME))
                .singleElement()
                .satisfies(listed -> assertThat(listed.change()).isNull());
    }

    @Test
    void jumpOfWallClock_endsNoChange() {
        levels.change(NAME, LogLevel.DEBUG, TEN_MINUTES, ANN);

        time.jump(Duration.ofDays(1));
        levels.expire();

        assertThat(logger.getLevel()).isEqualTo(Level.DEBUG);
    }

    @Test
    void secondChange_replacesFirst_andRestoresLevelBeforeFirst() {
        levels.change(NAME, LogLevel.DEBUG, TEN_MINUTES, ANN);
        time.pass(Duration.ofMinutes(5));
        levels.change(NAME, LogLevel.TRACE, TEN_MINUTES, ANN);

        assertThat(ends).extracting(Disposable::isDisposed).containsExactly(true, false);
        time.pass(Duration.ofMinutes(5));
        levels.expire();
        assertThat(logger.getLevel()).isEqualTo(Level.TRACE);
        time.pass(Duration.ofMinutes(5));
        levels.expire();
        assertThat(logger.getLevel()).isEqualTo(Level.ERROR);
    }

    @Test
    void reset_inheritedLevel_isInheritedAgain() {
        logger.setLevel(null);
        levels.change(NAME, LogLevel.TRACE, TEN_MINUTES, ANN);

        var view = levels.reset(NAME, ANN);

        assertThat(logger.getLevel()).isNull();
        assertThat(view.configuredLevel()).isNull();
        assertThat(ends).allMatch(Disposable::isDisposed);
    }

    @Test
    void changes_areLogged_whateverLevelOthersHave() {
        var registry = logback("dev.aicore.discovery");
        var level = registry.getLevel();
        try {
            levels.change("dev.aicore.discovery", LogLevel.OFF, TEN_MINUTES, ANN);
            levels.change(NAME, LogLevel.DEBUG, TEN_MINUTES, ANN);
            levels.reset(NAME, ANN);
            levels.reset(NAME, ANN);
            time.pass(TEN_MINUTES);
            levels.expire();
        } finally {
            registry.setLevel(level);
        }

        assertThat(lines.list)
                .hasSize(4)
                .allSatisfy(line -> assertThat(line.getLevel()).isEqualTo(Level.WARN));
        assertThat(lines.list.get(1).getFormattedMessage())
                .isEqualTo("log_level_changed: " + NAME + " from error to debug by ann (admin) from 10.0.0.1 "
                        + "until 2026-11-23T12:10:00Z, reason: slow reads");
        assertThat(lines.list.get(1).getKeyValuePairs())
                .anySatisfy(pair -> assertThat(pair.value).isEqualTo("req-7"));
        assertThat(lines.list.get(2).getFormattedMessage())
                .isEqualTo("log_level_changed: " + NAME
                        + " from debug to error by ann (admin) from 10.0.0.1, reason: slow reads");
        assertThat(lines.list.get(3).getFormattedMessage())
                .startsWith("log_level_changed: dev.aicore.discovery from off to ")
                .endsWith(" after the time of the change");
    }

    @Test
    void changedLoggers_areBounded() {
        for (int i = 0; i < TemporaryLogLevels.MAX_CHANGED; i++) {
            levels.change(logback(NAME + ".n" + i).getName(), LogLevel.DEBUG, TEN_MINUTES, ANN);
        }

        assertRefused(NAME, ErrorCode.CONFLICT);
        levels.change(NAME + ".n0", LogLevel.TRACE, TEN_MINUTES, ANN);
        levels.reset(NAME + ".n0", ANN);
        levels.change(NAME, LogLevel.DEBUG, TEN_MINUTES, ANN);
        assertThat(logger.getLevel()).isEqualTo(Level.DEBUG);
    }

    @Test
    void unknownLogger_isNotCreated() {
        var name = NAME + ".absent";

        assertRefused(name, ErrorCode.NOT_FOUND);
        assertThat(logger.getLoggerContext().exists(name)).isNull();
    }

    @Test
    void loggerOfChanges_hasFixedLevel() {
        assertRefused(TemporaryLogLevels.AUDIT_LOGGER, ErrorCode.CONFLICT);
    }

    private void assertRefused(String name, ErrorCode code) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> levels.change(name, LogLevel.OFF, TEN_MINUTES, ANN))
                .satisfies(refusal -> {
                    assertThat(refusal.code()).isEqualTo(code);
                    assertThat(refusal.errors())
                            .singleElement()
                            .satisfies(
                                    error -> assertThat(error.rejectedValue()).isEqualTo(name));
                });
    }

    private Disposable newEnd() {
        var end = Disposables.single();
        ends.add(end);
        return end;
    }

    private static Logger logback(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }
}
