package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Creates connections for the appender. They aren't pooled, because the appender keeps its connection open, and every
 * wait on them is bounded.
 */
public final class AppenderDataSource {

    private AppenderDataSource() {}

    /**
     * Returns a source of connections with the timeouts of the settings.
     *
     * @param url {@code jdbc:postgresql://…}
     */
    public static DataSource to(
            String url, @Nullable String user, @Nullable String password, EventStoreSettings settings) {
        var properties = new Properties();
        properties.setProperty("ApplicationName", "service-discovery-lane");
        properties.setProperty("connectTimeout", seconds(settings.connectTimeout()));
        properties.setProperty("loginTimeout", seconds(settings.connectTimeout()));
        properties.setProperty("socketTimeout", seconds(settings.socketTimeout()));
        properties.setProperty("tcpKeepAlive", "true");
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        var connections = new DriverManagerDataSource(url);
        connections.setConnectionProperties(properties);
        return connections;
    }

    private static String seconds(Duration timeout) {
        return Long.toString(Math.max(1, (timeout.toMillis() + 999) / 1000));
    }
}
