package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.load.Bundled;
import dev.aicore.discovery.bench.load.Requests;
import dev.aicore.discovery.bench.rig.Http;
import dev.aicore.discovery.bench.rig.Jvm;
import dev.aicore.discovery.bench.rig.Said;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A Eureka server in a process of its own, with the options of our JVM, and with instances. */
record EurekaProcess(Process process, int port, Eureka population) implements AutoCloseable {

    private static final int AT_ONCE = 64;
    private static final int PATIENCE_SECONDS = 30;
    private static final Pattern READY = Pattern.compile("Eureka is ready on (\\d+)");

    static EurekaProcess start(EurekaBuild build, Population.Shape shape) throws IOException {
        var process = new ProcessBuilder(Jvm.running(EurekaBuild.MAIN, build.classPath()))
                .redirectErrorStream(true)
                .start();
        try {
            var output = process.inputReader();
            var eureka = new EurekaProcess(process, Said.port(output, READY), new Eureka(shape));
            Said.restOf(output);
            eureka.register();
            return eureka;
        } catch (IOException | RuntimeException e) {
            process.destroy();
            throw e;
        }
    }

    /** In bytes, of the body; looked at before anything is measured. */
    int lengthOfAnswer() throws IOException, InterruptedException {
        try (var http = new Http(port)) {
            var answer = http.get(population.discovery(0));
            long found = answer.body().split("\"instanceId\"", -1).length - 1L;
            if (answer.statusCode() != 200 || found != population.shape().inService()) {
                throw new IllegalStateException(
                        "Not " + population.shape().inService() + " instances: " + answer.body());
            }
            return answer.body().length();
        }
    }

    Contestant contestant(String name, Requests requests) {
        return new Contestant(name, false, process.toHandle(), port, requests);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    private void register() throws IOException {
        var round = new Bundled().once(port, population.registrations(), AT_ONCE);
        if (round.errors() > 0) {
            throw new IllegalStateException(round.errors() + " instances were not registered with Eureka.");
        }
    }
}
