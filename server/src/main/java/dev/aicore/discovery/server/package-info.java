@NullMarked
package dev.aicore.discovery.server;

import org.jspecify.annotations.NullMarked;
