@NullMarked
package dev.aicore.discovery.server.ctl;

import org.jspecify.annotations.NullMarked;
