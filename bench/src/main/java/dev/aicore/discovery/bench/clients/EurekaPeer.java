package dev.aicore.discovery.bench.clients;

import dev.aicore.discovery.bench.rig.BenchHttpClient;
import dev.aicore.discovery.bench.rig.EurekaBuild;
import dev.aicore.discovery.bench.rig.JvmCommand;
import dev.aicore.discovery.bench.rig.ServerOutput;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Eureka's server as a process, with its defaults. */
final class EurekaPeer implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("Eureka is ready on (\\d+)");
    private static final int TIMEOUT_SECONDS = 30;

    private final Process process;
    private final int port;
    private final BenchHttpClient http;

    private EurekaPeer(Process process, int port) {
        this.process = process;
        this.port = port;
        this.http = new BenchHttpClient(port);
    }

    static EurekaPeer start(EurekaBuild build) throws IOException {
        var process = new ProcessBuilder(JvmCommand.running(EurekaBuild.MAIN, build.classPath()))
                .redirectErrorStream(true)
                .start();
        var output = process.inputReader();
        int port = ServerOutput.port(output, READY);
        ServerOutput.restOf(output);
        return new EurekaPeer(process, port);
    }

    int port() {
        return port;
    }

    /** Registers instances {@code SERVICE-0} and so on, with leases of a day. */
    void register(String service, int count) throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            var answer = http.post(app(service), """
                    {"instance": {"instanceId": "%1$s-%2$d", "app": "%3$s", "hostName": "10.1.0.%2$d",
                     "ipAddr": "10.1.0.%2$d", "status": "UP", "vipAddress": "%1$s",
                     "port": {"$": 8080, "@enabled": "true"}, "securePort": {"$": 443, "@enabled": "false"},
                     "dataCenterInfo": {"name": "MyOwn",
                      "@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo"},
                     "leaseInfo": {"durationInSecs": 86400, "renewalIntervalInSecs": 30}}}""".formatted(service, i, service.toUpperCase(Locale.ROOT)));
            require(answer.statusCode(), answer.body());
        }
    }

    /** Cancels the lease of an instance, as Eureka's client does when it shuts down. */
    void cancel(String service, String id) throws IOException, InterruptedException {
        var answer = http.delete(app(service) + "/" + id);
        require(answer.statusCode(), answer.body());
    }

    private static String app(String service) {
        return "/eureka/apps/" + service.toUpperCase(Locale.ROOT);
    }

    private static void require(int status, String body) {
        if (status / 100 != 2) {
            throw new IllegalStateException("Eureka answered " + status + ": " + body);
        }
    }

    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        http.close();
        process.destroy();
        process.onExit().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }
}
