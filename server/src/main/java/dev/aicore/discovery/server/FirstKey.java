package dev.aicore.discovery.server;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.access.AccessBook;
import dev.aicore.discovery.api.access.IssueKey;
import dev.aicore.discovery.command.access.KeyDesk;
import dev.aicore.discovery.config.access.ApiKey;
import dev.aicore.discovery.config.access.KeyRing;
import dev.aicore.discovery.config.time.Secrets;
import dev.aicore.discovery.config.time.TimeSource;
import java.io.PrintStream;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/**
 * Where the first start made the secret, it makes an admin's key as well, and prints it once. A start that broke off in between is
 * made good by the next one; a key that was revoked stays revoked.
 */
final class FirstKey implements ApplicationRunner {

    private static final String PRINCIPAL = "admin";

    private final SecretFiles files;
    private final KeyDesk desk;
    private final KeyRing keys;
    private final Secrets secrets;
    private final TimeSource time;
    private final PrintStream out;

    FirstKey(SecretFiles files, KeyDesk desk, KeyRing keys, Secrets secrets, TimeSource time, PrintStream out) {
        this.files = files;
        this.desk = desk;
        this.keys = keys;
        this.secrets = secrets;
        this.time = time;
        this.out = out;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        var kept = ApiKey.parse(files.adminKey(() -> ApiKey.generate(secrets).text()));
        if (kept == null) {
            throw new IllegalStateException(
                    "The file admin-key in the data directory holds no key. Delete it for a new one.");
        }
        if (!keys.knows(kept.id())) {
            desk.ask(new IssueKey(
                            AccessBook.NAME,
                            kept.id(),
                            PRINCIPAL,
                            PRINCIPAL,
                            "made by the first start",
                            kept.hash(),
                            time.now(),
                            null,
                            Envelope.ofRegistry("start")))
                    .join();
            out.println(
                    "The key of the first admin, shown this once (it is in the file admin-key of the data directory): "
                            + kept.text());
        }
    }
}
