@NullMarked
package dev.aicore.discovery.readmodel.database;

import org.jspecify.annotations.NullMarked;
