package dev.aicore.discovery.server;

import dev.aicore.discovery.access.ApiKey;
import dev.aicore.discovery.access.ApiKeyRegistry;
import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.access.ApiKeyCommand.IssueKey;
import dev.aicore.discovery.api.access.ApiKeyFact.ApiKeyStream;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.command.access.ApiKeyService;
import dev.aicore.discovery.command.batching.CommandGateway;
import dev.aicore.discovery.command.batching.OwnershipListener;
import dev.aicore.discovery.config.time.SecretGenerator;
import dev.aicore.discovery.config.time.TimeSource;
import java.io.PrintStream;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/**
 * Issues the first admin's API key if the first start generated the secret, and prints the key once. A node that
 * doesn't
 * own the event store issues it once it does. An interrupted first start is completed by the next one; a revoked key
 * stays revoked.
 */
final class BootstrapAdminKey implements ApplicationRunner, OwnershipListener {

    private static final Logger LOG = LoggerFactory.getLogger(BootstrapAdminKey.class);

    private static final String PRINCIPAL = "admin";

    private final GeneratedSecretFiles files;
    private final ApiKeyService service;
    private final CommandGateway commandGateway;
    private final ApiKeyRegistry keys;
    private final SecretGenerator secretGenerator;
    private final TimeSource time;
    private final PrintStream out;

    BootstrapAdminKey(
            GeneratedSecretFiles files,
            ApiKeyService service,
            CommandGateway commandGateway,
            ApiKeyRegistry keys,
            SecretGenerator secretGenerator,
            TimeSource time,
            PrintStream out) {
        this.files = files;
        this.service = service;
        this.commandGateway = commandGateway;
        this.keys = keys;
        this.secretGenerator = secretGenerator;
        this.time = time;
        this.out = out;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        readKey();
        commandGateway.addListener(this);
    }

    @Override
    public void owned() {
        var storedKey = readKey();
        if (!keys.isKnown(storedKey.id())) {
            issue(storedKey);
        }
    }

    @Override
    public void disowned() {}

    private ApiKey readKey() {
        var storedKey = ApiKey.parse(
                files.adminKey(() -> ApiKey.generate(secretGenerator).text()));
        if (storedKey == null) {
            throw new IllegalStateException(
                    "The file admin-key in the data directory contains no valid key. Delete it to create a new key.");
        }
        return storedKey;
    }

    /** Issues the key, unless another node takes the event store over meanwhile. */
    private void issue(ApiKey storedKey) {
        try {
            service.execute(new IssueKey(
                            ApiKeyStream.NAME,
                            storedKey.id(),
                            PRINCIPAL,
                            PRINCIPAL,
                            "created by the first start",
                            storedKey.hash(),
                            time.now(),
                            null,
                            EventMetadata.ofRegistry("start")))
                    .join();
            out.println(
                    "The key of the first admin, shown only once (it is in the file admin-key of the data directory): "
                            + storedKey.text());
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof RegistryException refused) || refused.code() != ErrorCode.STANDBY) {
                throw e;
            }
            LOG.info("The key of the first admin is issued once this node owns the event store.");
        }
    }
}
