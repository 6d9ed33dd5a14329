/** {@code ./registry ctl}: administers a registry over its API, or its database where no server runs. Starts no framework to ask a question. */
@NullMarked
package dev.aicore.discovery.server.ctl;

import org.jspecify.annotations.NullMarked;
