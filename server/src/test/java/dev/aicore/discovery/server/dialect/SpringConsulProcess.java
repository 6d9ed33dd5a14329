package dev.aicore.discovery.server.dialect;

import dev.aicore.discovery.server.system.ExampleProcess;
import java.io.IOException;
import java.util.stream.Stream;

/**
 * Spring application with Spring Cloud Consul.
 *
 * @param port port of the application; 0 if it has none
 */
record SpringConsulProcess(ExampleProcess example, int port) implements AutoCloseable {

    /**
     * Starts an application that registers itself; returns when it is running.
     *
     * @param registryPort port of the registry, as the client's only changed setting
     * @param port port of the application
     * @param options further settings of the client
     */
    static SpringConsulProcess start(int registryPort, int port, String... options)
            throws IOException, InterruptedException {
        var settings = Stream.concat(Stream.of("--server.port=" + port, registry(registryPort)), Stream.of(options));
        return new SpringConsulProcess(
                ExampleProcess.java("consul", "consul.ConsulExample", settings.toArray(String[]::new)), port);
    }

    /**
     * Starts an application that imports its configuration and doesn't register; returns when it is running.
     *
     * @param registryPort port of the registry
     * @param options further settings of the client
     */
    static SpringConsulProcess startConfigured(int registryPort, String... options)
            throws IOException, InterruptedException {
        var settings = Stream.concat(Stream.of(registry(registryPort)), Stream.of(options));
        return new SpringConsulProcess(
                ExampleProcess.java(
                        "consul-config", "consulconfig.ConsulConfigExample", settings.toArray(String[]::new)),
                0);
    }

    private static String registry(int port) {
        return "--spring.cloud.consul.port=" + port;
    }

    String instanceId() {
        return example.instanceId();
    }

    /** Sends a command and returns its answer. */
    String send(String command) throws InterruptedException {
        return example.send(command);
    }

    /** Ends the application in order, so that it deregisters. */
    void quit() throws InterruptedException {
        example.quit();
    }

    @Override
    public void close() {
        example.close();
    }
}
