package dev.aicore.discovery.examples.consulconfig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Reads its configuration, follows its changes, and carries out commands from standard input: {@code property NAME} and
 * {@code quit}. Prints one line per command.
 */
@SpringBootApplication
public class ConsulConfigExample {

    public static void main(String[] args) throws IOException {
        var context = SpringApplication.run(ConsulConfigExample.class, args);
        System.out.println("> ready " + context.getEnvironment().getProperty("spring.application.name"));
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = lines.readLine(); line != null && !line.equals("quit"); line = lines.readLine()) {
            var words = line.split(" ", 2);
            System.out.println(
                    words[0].equals("property")
                            ? "> " + words[1] + "=" + context.getEnvironment().getProperty(words[1])
                            : "> unknown command");
        }
        // Ends the client's scheduler, whose thread would keep the process.
        System.exit(SpringApplication.exit(context));
    }
}
