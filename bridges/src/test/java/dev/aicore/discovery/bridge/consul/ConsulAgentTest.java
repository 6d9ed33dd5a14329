package dev.aicore.discovery.bridge.consul;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Runs the suite with the agent at the URL in {@code CONSUL_TEST_ADDRESS}, which must allow every write. */
@EnabledIfEnvironmentVariable(named = "CONSUL_TEST_ADDRESS", matches = "http.+")
class ConsulAgentTest extends ConsulSuite {

    @Override
    String address() {
        return System.getenv("CONSUL_TEST_ADDRESS");
    }
}
