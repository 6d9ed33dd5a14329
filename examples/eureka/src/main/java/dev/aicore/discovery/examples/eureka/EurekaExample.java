package dev.aicore.discovery.examples.eureka;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.netflix.eureka.serviceregistry.EurekaRegistration;
import org.springframework.cloud.netflix.eureka.serviceregistry.EurekaServiceRegistry;

/**
 * Registers itself, and carries out commands from standard input: {@code instances NAME}, {@code status VALUE} and
 * {@code quit}. Prints one line per command.
 */
@SpringBootApplication
public class EurekaExample {

    public static void main(String[] args) throws IOException {
        var context = SpringApplication.run(EurekaExample.class, args);
        var discovery = context.getBean(DiscoveryClient.class);
        var registry = context.getBean(EurekaServiceRegistry.class);
        var registration = context.getBean(EurekaRegistration.class);
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
        context.close();
    }
}
