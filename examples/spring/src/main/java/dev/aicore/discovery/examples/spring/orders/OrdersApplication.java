package dev.aicore.discovery.examples.spring.orders;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** Accepts orders, and has them charged by any instance of payments. */
@SpringBootApplication
@RestController
public class OrdersApplication {
    private final RestClient payments;

    OrdersApplication(RestClient.Builder builder) {
        this.payments = builder.baseUrl("http://payments").build();
    }

    /** Runs the service. */
    public static void main(String[] arguments) {
        new SpringApplicationBuilder(OrdersApplication.class)
                .properties("spring.application.name=orders", "server.port=0")
                .run(arguments);
    }

    @GetMapping("/orders/{order}")
    @Nullable
    String order(@PathVariable String order) {
        return payments.get().uri("/charges/{order}", order).retrieve().body(String.class);
    }

    /** Host names of requests are names of services. */
    @Configuration(proxyBeanMethods = false)
    static class ClientConfiguration {

        @Bean
        @LoadBalanced
        RestClient.Builder builder() {
            return RestClient.builder();
        }
    }
}
