package dev.aicore.discovery.server;

import dev.aicore.discovery.config.settings.ServerSettings;
import dev.aicore.discovery.config.settings.TlsSettings;
import java.io.PrintStream;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/** Says, in one line that people and scripts wait for, that requests are taken and where. */
final class ReadyLine implements ApplicationListener<ApplicationReadyEvent> {

    private final PrintStream out;

    ReadyLine(PrintStream out) {
        this.out = out;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        var context = ready.getApplicationContext();
        var port = context.getEnvironment().getProperty("local.server.port");
        if (port != null) {
            var host = context.getBean(ServerSettings.class).host();
            var scheme = context.getBean(TlsSettings.class).enabled() ? "https" : "http";
            out.println("Service Discovery is ready on " + scheme + "://"
                    + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port);
            out.flush();
        }
    }
}
