@NullMarked
package dev.aicore.discovery.query.uptime;

import org.jspecify.annotations.NullMarked;
