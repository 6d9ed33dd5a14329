package dev.aicore.discovery.server.support;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecentLogAppenderTest {

    private final LoggerContext context = new LoggerContext();
    private final RecentLogAppender appender = RecentLogAppender.of(context);

    @Test
    void entries_areTheLastOnes() {
        for (int i = 1; i <= RecentLogAppender.MAX_ENTRIES + 5; i++) {
            log("entry " + i, null);
        }

        assertThat(appender.entries()).hasSize(RecentLogAppender.MAX_ENTRIES);
        assertThat(appender.entries().getFirst()).endsWith("entry 6");
        assertThat(appender.entries().getLast()).endsWith("entry 1005");
    }

    @Test
    void longEntries_areCutAndBoundedTogether() {
        for (int i = 0; i < 500; i++) {
            log("x".repeat(10_000), null);
        }

        assertThat(appender.entries())
                .allSatisfy(entry ->
                        assertThat(entry).hasSizeLessThanOrEqualTo(RecentLogAppender.MAX_CHARACTERS_PER_ENTRY + 1));
        assertThat(appender.entries().stream().mapToInt(String::length).sum())
                .isLessThanOrEqualTo(RecentLogAppender.MAX_CHARACTERS);
    }

    @Test
    void failure_hasItsStack() {
        log("failed", new IllegalStateException("broken"));

        assertThat(appender.entries().getFirst())
                .contains("IllegalStateException: broken")
                .contains("\tat ");
    }

    private void log(String message, @Nullable Throwable failure) {
        Logger logger = context.getLogger("test");
        appender.doAppend(new LoggingEvent("test", logger, Level.INFO, message, failure, null));
    }
}
