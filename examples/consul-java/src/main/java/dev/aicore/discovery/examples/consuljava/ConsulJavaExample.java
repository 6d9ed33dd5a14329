package dev.aicore.discovery.examples.consuljava;

import com.google.common.net.HostAndPort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.kiwiproject.consul.Consul;
import org.kiwiproject.consul.cache.ServiceHealthCache;
import org.kiwiproject.consul.model.agent.Registration.RegCheck;

/**
 * Registers an instance with two checks, one that the registry runs and one that it reports itself, and follows it in a
 * cache of healthy instances. Argument: {@code host:port} of the registry.
 */
public final class ConsulJavaExample {

    private static final String ID = "orders-java-1";
    private static final String SERVICE = "orders-java";

    private ConsulJavaExample() {}

    public static void main(String[] args) throws Exception {
        // The cache waits 10 s, and refuses a time for reading that is not longer.
        var consul = Consul.builder()
                .withReadTimeoutMillis(30_000)
                .withHostAndPort(HostAndPort.fromString(args[0]))
                .build();
        var agent = consul.agentClient();
        var sizes = new LinkedBlockingQueue<Integer>();
        try (var server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
                var cache = ServiceHealthCache.newCache(consul.healthClient(), SERVICE)) {
            cache.addListener(instances -> sizes.add(instances.size()));
            cache.start();
            awaitSize(sizes, 0);
            System.out.println("cache started: no instances");

            var port = RegCheck.tcp("localhost:" + server.getLocalPort(), 1L);
            agent.register(
                    server.getLocalPort(), List.of(RegCheck.ttl(60L), port), SERVICE, ID, List.of("blue"), Map.of());
            agent.passCheck("service:" + ID + ":1", "ready");
            awaitSize(sizes, 1);
            System.out.println("both checks pass: one instance");

            agent.warnCheck("service:" + ID + ":1", "queue is long");
            awaitSize(sizes, 0);
            var check = agent.getChecks().get("service:" + ID + ":1");
            System.out.println("warning: " + check.getOutput().orElse(""));
            agent.passCheck("service:" + ID + ":1");
            awaitSize(sizes, 1);

            agent.toggleMaintenanceMode(ID, true, "new disk");
            awaitSize(sizes, 0);
            System.out.println("in maintenance: no instances");
            agent.toggleMaintenanceMode(ID, false);
            awaitSize(sizes, 1);
            System.out.println("after it: one instance");

            agent.deregister(ID);
            awaitSize(sizes, 0);
            System.out.println("deregistered: " + (agent.isRegistered(ID) ? "still there" : "gone"));
        }
        consul.destroy();
    }

    /** Waits until the cache has a number of instances. */
    private static void awaitSize(BlockingQueue<Integer> sizes, int size) throws InterruptedException {
        Integer found = null;
        while (found == null || found != size) {
            found = sizes.poll(30, TimeUnit.SECONDS);
            if (found == null) {
                throw new IllegalStateException("The cache doesn't get " + size + " instances.");
            }
        }
    }
}
