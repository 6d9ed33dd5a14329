package dev.aicore.discovery.server;

import dev.aicore.discovery.server.ServerConfiguration.ReadinessAnnouncer;
import dev.aicore.discovery.server.ctl.UrlFile;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Stores this process's URL in the data directory while it accepts requests, so that the administration tool finds it.
 * Runs before {@link ReadinessAnnouncer}, after whose line the tool may be used.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UrlFilePublisher implements ApplicationListener<ApplicationReadyEvent>, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(UrlFilePublisher.class);

    private final UrlFile file;
    private @Nullable String published;

    UrlFilePublisher(UrlFile file) {
        this.file = file;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        var url = ListeningUrl.of(ready.getApplicationContext());
        if (url != null) {
            publish(url.local().toString());
        }
    }

    private void publish(String url) {
        try {
            file.write(url);
            published = url;
        } catch (IOException unwritable) {
            log.warn("Failed to write {} ({}); ctl requires --url", file.path(), unwritable.toString());
        }
    }

    @Override
    public void destroy() {
        if (published != null) {
            try {
                file.delete(published);
            } catch (IOException unwritable) {
                log.warn("Failed to remove {} ({})", file.path(), unwritable.toString());
            }
        }
    }
}
