package dev.aicore.discovery.examples.spring.payments;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Charges orders, on any free port. It registers by itself. */
@SpringBootApplication
@RestController
public class PaymentsApplication {

    /** Runs the service. */
    public static void main(String[] arguments) {
        new SpringApplicationBuilder(PaymentsApplication.class)
                .properties("spring.application.name=payments", "server.port=0")
                .run(arguments);
    }

    @GetMapping("/charges/{order}")
    String charge(@PathVariable String order) {
        return "order " + order + " charged by process "
                + ProcessHandle.current().pid();
    }
}
