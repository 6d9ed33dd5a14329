package dev.aicore.discovery.examples.consul;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.consul.serviceregistry.ConsulRegistration;
import org.springframework.cloud.consul.serviceregistry.ConsulServiceRegistry;

/**
 * Registers itself, and carries out commands from standard input: {@code instances NAME}, {@code status VALUE} and
 * {@code quit}. Prints one line per command.
 */
@SpringBootApplication
public class ConsulExample {

    public static void main(String[] args) throws IOException {
        var application = new SpringApplication(ConsulExample.class);
        application.setDefaultProperties(Map.of(
                "spring.application.name",
                "orders",
                "spring.cloud.consul.discovery.prefer-ip-address",
                "true",
                "spring.cloud.consul.discovery.ip-address",
                "127.0.0.1"));
        var context = application.run(args);
        var discovery = context.getBean(DiscoveryClient.class);
        var registry = context.getBean(ConsulServiceRegistry.class);
        var registration = context.getBean(ConsulRegistration.class);
        System.out.println("> ready " + registration.getInstanceId());
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = lines.readLine(); line != null && !line.equals("quit"); line = lines.readLine()) {
            var words = line.split(" ", 2);
            switch (words[0]) {
                case "instances" ->
                    System.out.println("> instances "
                            + discovery.getInstances(words[1]).stream()
                                    .map(found -> found.getInstanceId() + "=" + found.getUri())
                                    .sorted()
                                    .collect(Collectors.joining(" ")));
                case "status" -> {
                    registry.setStatus(registration, words[1]);
                    System.out.println("> status " + registry.getStatus(registration));
                }
                default -> System.out.println("> unknown command");
            }
        }
        // Ends the client's schedulers, whose threads would keep the process.
        System.exit(SpringApplication.exit(context));
    }
}
