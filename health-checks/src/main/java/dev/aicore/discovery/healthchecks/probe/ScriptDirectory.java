package dev.aicore.discovery.healthchecks.probe;

import dev.aicore.discovery.api.health.CheckFailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

/** Directory of the operator's scripts. Blocks. */
record ScriptDirectory(Path path) {

    /**
     * Returns the real path of a script that may be run: the plain name of an executable file directly in the
     * directory, with the same owner as the directory. Neither the file nor the directory may be writable by group or
     * others.
     *
     * @throws DeniedScriptException if the script may not be run
     */
    Path find(String name) throws DeniedScriptException {
        if (!CheckFieldRule.SCRIPT.allows(name)) {
            throw new DeniedScriptException("name");
        }
        try {
            var root = path.toRealPath();
            var script = root.resolve(name).toRealPath();
            if (isOutside(root, script)) {
                throw new DeniedScriptException("outside");
            }
            if (!Files.isRegularFile(script) || !Files.isExecutable(script)) {
                throw new DeniedScriptException("not executable");
            }
            if (!Files.getOwner(script).equals(Files.getOwner(root))) {
                throw new DeniedScriptException("owner");
            }
            if (isOpenToOthers(root) || isOpenToOthers(script)) {
                throw new DeniedScriptException("writable by others");
            }
            return script;
        } catch (IOException | UnsupportedOperationException unreadable) {
            throw new DeniedScriptException("missing");
        }
    }

    private static boolean isOutside(Path root, Path script) {
        return !root.equals(script.getParent());
    }

    private static boolean isOpenToOthers(Path path) throws IOException {
        var permissions = Files.getPosixFilePermissions(path);
        return permissions.contains(PosixFilePermission.OTHERS_WRITE)
                || permissions.contains(PosixFilePermission.GROUP_WRITE);
    }

    /** Reports a script that must not be run. The message is the reason, in one or two words. */
    static final class DeniedScriptException extends Exception {
        DeniedScriptException(String reason) {
            super(reason, null, false, false);
        }

        ProbeResult result() {
            return ProbeResult.fail(CheckFailureCode.DENIED, String.valueOf(getMessage()));
        }
    }
}
