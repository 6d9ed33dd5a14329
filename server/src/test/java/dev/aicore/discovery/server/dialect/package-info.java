/** Tests of the protocols of other registries against a running server. */
@NullMarked
package dev.aicore.discovery.server.dialect;

import org.jspecify.annotations.NullMarked;
