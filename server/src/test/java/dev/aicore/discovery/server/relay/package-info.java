@NullMarked
package dev.aicore.discovery.server.relay;

import org.jspecify.annotations.NullMarked;
