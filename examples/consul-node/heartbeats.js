// Registers a service with a TTL check by an unchanged Consul client, reports it each second, and registers again if the registry doesn't
// know it any more. Carries out the commands of its standard input: `instances NAME`, `registrations` and `quit`, which deregisters.
// Usage: npm ci && node heartbeats.js [URL of the registry]
'use strict';
const readline = require('node:readline');
const Consul = require('consul');

const url = new URL(process.argv[2] || 'http://127.0.0.1:8080');
const consul = new Consul({ host: url.hostname, port: Number(url.port) || 80 });

const ID = 'clock-1';
let registrations = 0;

async function register() {
  await consul.agent.service.register({
    id: ID, name: 'node-clock', address: '10.0.0.8', port: 8080,
    check: { ttl: '10s', status: 'passing', deregistercriticalserviceafter: '90m' },
  });
  registrations++;
}

async function report() {
  try {
    await consul.agent.check.pass('service:' + ID);
  } catch (failure) {
    // Without an answer, the registry is away, and its next start still knows the instance.
    if (failure.statusCode === 404) {
      await register();
    }
  }
}

function answer(line) {
  console.log('> ' + line);
}

async function main() {
  await register();
  let reporting = Promise.resolve();
  const timer = setInterval(() => {
    reporting = reporting.then(report).catch((failure) => console.error(failure.message));
  }, 1000);
  answer('ready ' + ID);
  for await (const command of readline.createInterface({ input: process.stdin })) {
    const [word, name] = command.split(' ');
    if (word === 'instances') {
      const entries = await consul.health.service({ service: name, passing: true });
      const found = entries.map((entry) => `${entry.Service.Address}:${entry.Service.Port}`);
      answer(['instances', ...found.sort()].join(' '));
    } else if (word === 'registrations') {
      answer('registrations ' + registrations);
    } else if (word === 'quit') {
      break;
    } else {
      answer('unknown command');
    }
  }
  clearInterval(timer);
  await reporting;
  await consul.agent.service.deregister(ID);
}

main().catch((failure) => {
  console.error(failure);
  process.exit(1);
});
