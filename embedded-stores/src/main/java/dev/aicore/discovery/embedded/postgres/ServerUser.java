package dev.aicore.discovery.embedded.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * User that runs PostgreSQL's programs. PostgreSQL refuses to run as root, so a registry that runs as root uses the
 * owner of the data, or {@code nobody}. This needs no user namespaces, which containers usually forbid.
 *
 * @param prefix words before each command; empty for the user of this process
 * @param owner owner of PostgreSQL's files; null for the user of this process
 */
record ServerUser(List<String> prefix, @Nullable UserPrincipal owner) {

    private static final Logger log = LoggerFactory.getLogger(ServerUser.class);

    private static final String UNPRIVILEGED = "nobody";

    /** Group without rights of its own: group 0 would have access to files of root's group. */
    private static final String GROUP = "65534";

    /** Returns the user of this process, which isn't root. */
    static ServerUser ofThisProcess() {
        return new ServerUser(List.of(), null);
    }

    /**
     * Returns the first user that can run PostgreSQL's programs on the data directory.
     *
     * @param dataDir existing data directory
     * @param programs directory of PostgreSQL's programs
     * @throws PostgresStartException if this process is root and can't run them as another user
     */
    static ServerUser of(Path dataDir, Path programs) throws IOException, InterruptedException {
        return isRoot() ? firstThatRuns(candidates(dataDir), dataDir, programs.resolve("postgres")) : ofThisProcess();
    }

    /** Returns true if this process is root, as which PostgreSQL refuses to run. */
    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /**
     * Returns the candidates, those with the fewest rights first. The capabilities to search all directories are needed
     * for data below a directory that is closed to other users, such as {@code /root}.
     */
    private static List<ServerUser> candidates(Path dataDir) throws IOException {
        UserPrincipal owner = owner(dataDir);
        return List.of(
                new ServerUser(setpriv(owner, ""), owner),
                new ServerUser(setpriv(owner, ",+dac_read_search"), owner),
                new ServerUser(setpriv(owner, ",+dac_override"), owner),
                new ServerUser(List.of("unshare", "--user"), null));
    }

    private static List<String> setpriv(UserPrincipal user, String capability) {
        List<String> command = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=" + user.getName(),
                "--regid=" + GROUP,
                "--clear-groups",
                "--no-new-privs",
                "--inh-caps=-all" + capability));
        if (!capability.isEmpty()) {
            command.add("--ambient-caps=-all" + capability);
        }
        return command;
    }

    /**
     * Returns the owner of existing data, unless that is root; otherwise {@code nobody}. The owner may be a registry
     * that doesn't run as root and may be started again.
     */
    private static UserPrincipal owner(Path dataDir) throws IOException {
        Path data = dataDir.resolve("postgres");
        return Files.exists(data) && !Objects.equals(Files.getAttribute(data, "unix:uid"), 0)
                ? Files.getOwner(data)
                : dataDir.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(UNPRIVILEGED);
    }

    static ServerUser firstThatRuns(List<ServerUser> candidates, Path dataDir, Path program)
            throws IOException, InterruptedException {
        List<String> refusals = new ArrayList<>();
        for (ServerUser candidate : candidates) {
            String refusal = candidate.refusal(dataDir, program);
            if (refusal == null) {
                log.debug("PostgreSQL's programs are run with {}", candidate.prefix);
                return candidate;
            }
            if (!refusals.contains(refusal)) {
                refusals.add(refusal);
            }
        }
        throw new PostgresStartException(
                "PostgreSQL doesn't run as root, and this system lets root run it neither as another user"
                        + " nor in a user namespace (" + String.join("; ", refusals)
                        + "): run the registry as another user, or give it a --database-url");
    }

    /** Tries to enter the directory and to run the program; returns the reason for a failure, null if it works. */
    private @Nullable String refusal(Path dataDir, Path program) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("sh", "-c", "cd \"$1\" && exec \"$2\" --version", "sh"));
        command.addAll(List.of(dataDir.toString(), program.toString()));
        Process trial;
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).directory(new File("/"));
            builder.environment().putAll(Map.of("LC_ALL", "C"));
            trial = builder.start();
        } catch (IOException missing) {
            return prefix.getFirst() + " can't be run";
        }
        trial.getOutputStream().close();
        String printed = new String(trial.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!trial.waitFor(10, TimeUnit.SECONDS)) {
            trial.destroyForcibly();
            return prefix.getFirst() + " did not end";
        }
        return trial.exitValue() == 0
                ? null
                : printed.strip().lines().findFirst().orElse(prefix.getFirst() + " failed");
    }

    /**
     * Transfers the ownership of a file tree to this user; links aren't followed. The root of the tree comes last, so
     * that an interrupted transfer is repeated.
     */
    void transferOwnership(Path tree) throws IOException {
        if (owner == null || owner.equals(Files.getOwner(tree, LinkOption.NOFOLLOW_LINKS))) {
            return;
        }
        log.info("Changing the owner of {} to user {}: PostgreSQL doesn't run as root", tree, owner.getName());
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.getFileAttributeView(file, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .setOwner(owner);
            }
        }
    }
}
