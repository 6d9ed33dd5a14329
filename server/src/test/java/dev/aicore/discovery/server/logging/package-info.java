@NullMarked
package dev.aicore.discovery.server.logging;

import org.jspecify.annotations.NullMarked;
