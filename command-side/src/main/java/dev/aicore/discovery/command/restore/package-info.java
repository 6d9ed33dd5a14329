/** Brings a service back to what it was at a moment, by further facts. */
@NullMarked
package dev.aicore.discovery.command.restore;

import org.jspecify.annotations.NullMarked;
