package dev.aicore.discovery.server;

import java.io.PrintStream;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/** Prints one line that states that requests are accepted, and where. People and scripts wait for it. */
final class ReadinessAnnouncer implements ApplicationListener<ApplicationReadyEvent> {

    private final PrintStream out;

    ReadinessAnnouncer(PrintStream out) {
        this.out = out;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        var url = ListeningUrl.of(ready.getApplicationContext());
        if (url != null) {
            out.println("Service Discovery is ready on " + url);
            out.flush();
        }
    }
}
