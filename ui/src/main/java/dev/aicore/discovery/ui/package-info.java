/**
 * Serves the web UI, and signs browsers in. The UI is a client of the public API, written in ES modules without a
 * build; its files are the resources in {@code registry-ui} and two libraries.
 *
 * <p>{@link UiFileLoader} reads all files once, and {@link ScriptBundle} makes one file of the modules of the first
 * page. {@link UiPageController} answers with them from memory, under a content security policy that permits no inline
 * script but the import map. {@link UiSessionController} exchanges a sealed cookie for the short token with which the
 * pages use the API.
 *
 * <pre>{@code
 * registry-ui/**, preact, htm -> UiFileLoader -> UiFiles -> UiPageController    -> /ui/**, /ui/assets/HASH/**
 *                                     access.SessionService -> UiSessionController -> /ui/session
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.ui;

import org.jspecify.annotations.NullMarked;
