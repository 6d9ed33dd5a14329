package dev.aicore.discovery.server.support;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Holds the last entries of the log in memory, bounded in number and size. */
final class RecentLogAppender extends AppenderBase<ILoggingEvent> {

    static final int MAX_ENTRIES = 1_000;
    static final int MAX_CHARACTERS = 1 << 19;
    static final int MAX_CHARACTERS_PER_ENTRY = 4_000;

    private static final String NAME = "RECENT";
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %-28.28logger{0} %msg%n%ex";

    private final PatternLayout layout = new PatternLayout();
    private final Deque<String> entries = new ArrayDeque<>();
    private int characters;

    private RecentLogAppender() {}

    /** Attaches an appender to the root logger, in place of one that an earlier application of this JVM has left. */
    static RecentLogAppender attach() {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var appender = of(root.getLoggerContext());
        root.detachAppender(NAME);
        root.addAppender(appender);
        return appender;
    }

    static RecentLogAppender of(LoggerContext context) {
        var appender = new RecentLogAppender();
        appender.setName(NAME);
        appender.setContext(context);
        appender.layout.setContext(context);
        appender.layout.setPattern(PATTERN);
        appender.layout.start();
        appender.start();
        return appender;
    }

    /** Returns the entries, the oldest one first. */
    List<String> entries() {
        synchronized (entries) {
            return List.copyOf(entries);
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        var text = layout.doLayout(event).stripTrailing();
        var entry =
                text.length() <= MAX_CHARACTERS_PER_ENTRY ? text : text.substring(0, MAX_CHARACTERS_PER_ENTRY) + '…';
        synchronized (entries) {
            entries.add(entry);
            characters += entry.length();
            while (entries.size() > MAX_ENTRIES || characters > MAX_CHARACTERS) {
                characters -= entries.remove().length();
            }
        }
    }
}
