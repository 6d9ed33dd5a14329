package dev.aicore.discovery.server;

import dev.aicore.discovery.server.ctl.CtlApplication;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.boot.SpringApplication;
import reactor.netty.ReactorNetty;

/** The executable: every side in one process, with a PostgreSQL and a Redis of its own unless it is given others. */
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

    /** What {@code System.out} writes is the locale's: where none is set, each letter beyond ASCII would become a question mark. */
    private static PrintStream stream(FileDescriptor file) {
        return new PrintStream(new FileOutputStream(file), true, StandardCharsets.UTF_8);
    }

    /** As {@link #main} runs it. */
    public static SpringApplication application() {
        // Else new connections wait behind what is asked over some of the old ones: sixteen are accepted between two
        // looks at them.
        System.setProperty(ReactorNetty.IO_SELECT_COUNT, "1");
        var application = new SpringApplication(ServerConfiguration.class);
        application.addInitializers(new LogFile(), new StartupSecurityCheck(), new EmbeddedStoreLauncher());
        return application;
    }
}
