/**
 * Tests of the web UI in Chromium, as users see it. {@link BrowserFixture} starts one server and one browser for all
 * test classes; {@link SampleRegistry} fills the registry over its API. Any error on the browser's console and any
 * violation of the content security policy fails the test.
 *
 * <pre>{@code
 * BrowserFixture -> server with PostgreSQL <- REST - SampleRegistry
 *       +---------> Chromium -> /ui/** -> API
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.uitests;

import org.jspecify.annotations.NullMarked;
