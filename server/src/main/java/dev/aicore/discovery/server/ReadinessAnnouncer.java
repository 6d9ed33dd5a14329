package dev.aicore.discovery.server;

import java.io.PrintStream;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/** Says, in one line that people and scripts wait for, that requests are taken and where. */
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
