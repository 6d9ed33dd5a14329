package dev.aicore.discovery.client.testing;

import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/** Runs the contract on the registry in the process. */
class TestRegistryContractTest {

    private static final TestRegistry REGISTRY = new TestRegistry();

    @AfterAll
    static void close() {
        REGISTRY.close();
    }

    @Nested
    class RegistryTest extends RegistryContract {

        @Override
        protected URI url() {
            return REGISTRY.url();
        }
    }

    @Nested
    class DiscoveryTest extends DiscoveryContract {

        @Override
        protected URI url() {
            return REGISTRY.url();
        }
    }

    @Nested
    class WatchTest extends WatchContract {

        @Override
        protected URI url() {
            return REGISTRY.url();
        }
    }
}
