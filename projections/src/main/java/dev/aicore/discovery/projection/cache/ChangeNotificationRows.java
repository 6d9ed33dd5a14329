package dev.aicore.discovery.projection.cache;

import dev.aicore.discovery.projection.cache.AsyncChangePublisher.ChangePublisher;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Publishes changes by PostgreSQL's {@code NOTIFY} if there is no Redis. Notifications aren't stored: clients that
 * don't listen miss them.
 */
final class ChangeNotificationRows implements ChangePublisher {

    /**
     * Channel of the notifications: {@code LISTEN service_discovery_changes} receives
     * {@code {"service":"web","position":17}}.
     */
    static final String CHANNEL = "service_discovery_changes";

    private final DataSource database;

    ChangeNotificationRows(DataSource database) {
        this.database = database;
    }

    @Override
    public void publish(Map<String, Long> services) throws SQLException {
        try (var connection = database.getConnection();
                var notify = connection.prepareStatement("SELECT pg_notify(?, said) FROM unnest(?::text[]) AS said")) {
            notify.setString(1, CHANNEL);
            notify.setObject(
                    2,
                    services.entrySet().stream()
                            .map(change -> DocumentWrite.announcement(change.getKey(), change.getValue()))
                            .toArray(String[]::new));
            notify.execute();
        }
    }
}
