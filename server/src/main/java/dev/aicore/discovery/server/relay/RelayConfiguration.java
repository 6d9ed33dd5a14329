package dev.aicore.discovery.server.relay;

import dev.aicore.discovery.access.OwnerRelay;
import dev.aicore.discovery.command.batching.CommandGateway;
import dev.aicore.discovery.config.settings.ClusterSettings;
import dev.aicore.discovery.config.settings.ServerSettings;
import dev.aicore.discovery.config.settings.TlsSettings;
import dev.aicore.discovery.config.time.SecretGenerator;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.JdbcQueryRunner;
import dev.aicore.discovery.eventstore.NodeAddressStore;
import dev.aicore.discovery.eventstore.NodeAddressStore.NodeAddress;
import dev.aicore.discovery.eventstore.NodeWatcher;
import dev.aicore.discovery.eventstore.WriterId;
import dev.aicore.discovery.web.IncompleteBodyLimit;
import dev.aicore.discovery.web.ThrottledLogger;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Base64;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Configures the relay of writes between nodes. A process without the command side relays nothing, and nothing is
 * relayed to it, since it has published no secret. Imported after the sides of the process.
 */
@Configuration(proxyBeanMethods = false)
public class RelayConfiguration {

    private static final int SECRET_BYTES = 32;

    @Bean
    RelayProof relayProof(SecretGenerator secretGenerator) {
        return new RelayProof(
                Base64.getUrlEncoder().withoutPadding().encodeToString(secretGenerator.next(SECRET_BYTES)));
    }

    /** Precedes the hot path and WebFlux in every process, so that a forged ticket never reaches them. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    WebHttpHandlerBuilderCustomizer relayReceiverCustomizer(RelayProof proof, TimeSource time) {
        var forgeries = new ThrottledLogger(time);
        return builder -> builder.httpHandlerDecorator(others -> new RelayReceiver(others, proof, forgeries));
    }

    @Bean
    PeerTls peerTls(TlsSettings settings) {
        return new PeerTls(settings);
    }

    @Bean
    @ConditionalOnBean(CommandGateway.class)
    OwnerDirectory ownerDirectory(JdbcQueryRunner jdbcQueryRunner, CommandGateway commandGateway, TimeSource time) {
        var addresses = new NodeAddressStore(jdbcQueryRunner);
        var directory = new OwnerDirectory(commandGateway::isOwner, addresses::publish, addresses::announce, time);
        commandGateway.addListener(directory);
        return directory;
    }

    @Bean
    @ConditionalOnBean(CommandGateway.class)
    RelayClient relayClient(ClusterSettings settings, ServerSettings server, PeerTls peerTls) {
        return new RelayClient(settings, server.idleTimeout(), peerTls);
    }

    @Bean
    @ConditionalOnBean(CommandGateway.class)
    OwnerRelay ownerRelay(
            CommandGateway commandGateway,
            OwnerDirectory directory,
            RelayClient client,
            IncompleteBodyLimit bodyLimit,
            ClusterSettings settings,
            MeterRegistry registry,
            TimeSource time) {
        return new HttpOwnerRelay(
                commandGateway::isOwner,
                directory::nextChange,
                directory::owner,
                client,
                bodyLimit,
                settings,
                registry,
                time);
    }

    /** Publishes the address once the port is known, before the line that states that requests are accepted. */
    @Bean
    @ConditionalOnBean(CommandGateway.class)
    @Order(Ordered.HIGHEST_PRECEDENCE)
    ApplicationListener<ApplicationReadyEvent> ownerDirectoryStarter(
            OwnerDirectory directory,
            NodeWatcher watcher,
            ClusterSettings cluster,
            ServerSettings server,
            PeerTls peerTls,
            RelayProof proof,
            WriterId writerId) {
        return ready -> {
            var port = ready.getApplicationContext().getEnvironment().getProperty("local.server.port", Integer.class);
            if (port != null) {
                var address = peerTls.scheme() + "://"
                        + NodeAddressResolver.of(cluster.advertisedAddress(), server.host(), port);
                watcher.start(look -> directory.onLook(
                        look, new NodeAddress(writerId.name(), address, proof.secret(), peerTls.fingerprint())));
            }
        };
    }
}
