package dev.aicore.discovery.ui;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All files of the UI, and what depends on their content.
 *
 * @param index the page that every address of the UI gets
 * @param version hash of all files, in hexadecimal digits; part of the assets' paths, so that they never change
 * @param policy content security policy of the page and the assets
 * @param assets files by path, such as {@code app/main.js}
 */
record UiFiles(UiFile index, String version, String policy, Map<String, UiFile> assets) {

    UiFiles {
        assets = Map.copyOf(assets);
    }

    /** Returns the asset of this version with a path; null if there is none. */
    @Nullable
    UiFile asset(String path) {
        return assets.get(path);
    }
}
