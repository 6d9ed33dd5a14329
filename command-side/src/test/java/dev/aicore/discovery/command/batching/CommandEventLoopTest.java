package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.config.testing.EventLoopContract;

class CommandEventLoopTest extends EventLoopContract {}
