package dev.aicore.discovery.server;

import dev.aicore.discovery.server.ctl.CtlApplication;
import dev.aicore.discovery.server.support.RecentLog;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.boot.SpringApplication;
import reactor.netty.ReactorNetty;

/**
 * Main class of the executable: runs every side in one process, with an embedded PostgreSQL and Redis unless others are
 * configured.
 */
public final class ServiceDiscovery {

    private ServiceDiscovery() {}

    public static void main(String[] args) {
        var words = List.of(args);
        if (!words.isEmpty() && words.getFirst().equals(ConfigCommand.NAME)) {
            System.exit(new ConfigCommand(stream(FileDescriptor.out), stream(FileDescriptor.err))
                    .run(words.subList(1, words.size())));
        }
        if (!words.isEmpty() && words.getFirst().equals(CtlApplication.NAME)) {
            System.exit(CtlApplication.run(
                    words.subList(1, words.size()),
                    System.getenv(),
                    stream(FileDescriptor.out),
                    stream(FileDescriptor.err)));
        }
        try {
            application().run(CommandLineFlags.options(words).toArray(String[]::new));
        } catch (CommandLineFlags.FlagUsageException flagUsageException) {
            System.err.println("Service Discovery can't start: " + flagUsageException.getMessage());
            System.exit(1);
        }
    }

    /**
     * Creates a UTF-8 stream. {@code System.out} uses the locale's encoding: without a locale it would write question
     * marks for all non-ASCII characters.
     */
    private static PrintStream stream(FileDescriptor file) {
        return new PrintStream(new FileOutputStream(file), true, StandardCharsets.UTF_8);
    }

    /** Creates the application that {@link #main} runs. */
    public static SpringApplication application() {
        // Accepts connections on a thread of their own. Otherwise new connections wait behind requests on old ones: an
        // event loop accepts only sixteen between two polls.
        System.setProperty(ReactorNetty.IO_SELECT_COUNT, "1");
        var application = new SpringApplication(ServerConfiguration.class);
        application.addInitializers(
                new LogFile(), new RecentLog(), new StartupSecurityCheck(), new EmbeddedStoreLauncher());
        return application;
    }
}
