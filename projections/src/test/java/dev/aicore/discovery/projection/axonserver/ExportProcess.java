package dev.aicore.discovery.projection.axonserver;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.aicore.discovery.config.time.TimeSource.SystemTimeSource;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Process that exports facts until it is killed or its input ends. */
final class ExportProcess {

    private ExportProcess() {}

    /** Takes the URL, user and password of the database, and the address of Axon Server. */
    public static void main(String[] arguments) throws IOException {
        var config = new HikariConfig();
        config.setJdbcUrl(arguments[0]);
        config.setUsername(arguments[1]);
        config.setPassword(arguments[2]);
        config.setMaximumPoolSize(3);
        var worker = new FactExportWorker(
                FactExportFixture.settings(arguments[3], AxonServerDouble.CONTEXT),
                "child",
                ReadModelStoreFixture.access(new HikariDataSource(config)),
                new SystemTimeSource());
        worker.start();
        System.in.read();
        System.exit(0);
    }

    static Process start(String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(ExportProcess.class.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
