package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.load.BuiltInGenerator;
import dev.aicore.discovery.bench.load.RequestCycle;
import dev.aicore.discovery.bench.rig.BenchHttpClient;
import dev.aicore.discovery.bench.rig.EurekaBuild;
import dev.aicore.discovery.bench.rig.JvmCommand;
import dev.aicore.discovery.bench.rig.ServerOutput;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Runs a Eureka server with registered instances as a child process, with the JVM options of the registry. */
record EurekaProcess(Process process, int port, EurekaRequests population) implements AutoCloseable {

    private static final int MAX_CONCURRENT = 64;
    private static final int TIMEOUT_SECONDS = 30;
    private static final Pattern READY = Pattern.compile("Eureka is ready on (\\d+)");

    static EurekaProcess start(EurekaBuild build, DiscoverPopulation.Shape shape) throws IOException {
        var process = new ProcessBuilder(JvmCommand.running(EurekaBuild.MAIN, build.classPath()))
                .redirectErrorStream(true)
                .start();
        try {
            var output = process.inputReader();
            var eureka = new EurekaProcess(process, ServerOutput.port(output, READY), new EurekaRequests(shape));
            ServerOutput.restOf(output);
            eureka.register();
            return eureka;
        } catch (IOException | RuntimeException e) {
            process.destroy();
            throw e;
        }
    }

    /**
     * Returns the length of a discovery's body in bytes; throws an exception if the answer is wrong. Called before a
     * measurement.
     */
    int responseLength() throws IOException, InterruptedException {
        try (var benchHttpClient = new BenchHttpClient(port)) {
            var answer = benchHttpClient.get(population.discovery(0));
            long found = answer.body().split("\"instanceId\"", -1).length - 1L;
            if (answer.statusCode() != 200 || found != population.shape().inService()) {
                throw new IllegalStateException(
                        "Not " + population.shape().inService() + " instances: " + answer.body());
            }
            return answer.body().length();
        }
    }

    BenchmarkedServer contestant(String name, RequestCycle requestCycle) {
        return new BenchmarkedServer(name, false, process.toHandle(), port, requestCycle);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }

    private void register() throws IOException {
        var loadRound = new BuiltInGenerator().once(port, population.registrations(), MAX_CONCURRENT);
        if (loadRound.errors() > 0) {
            throw new IllegalStateException(loadRound.errors() + " instances were not registered with Eureka.");
        }
    }
}
