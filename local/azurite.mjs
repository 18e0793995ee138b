// Runs Azurite's queue, table and blob services for one owner: the process that writes to our standard input.
// When the owner ends, even by a crash, the pipe closes and this process ends, too.
//
//   node azurite.mjs [folder] [accounts]
//
// Without a folder everything stays in memory. Accounts are name:key;name:key.
//
// Writes one line {"queue":port,"table":port,"blob":port} when ready. Reads lines {"account":name,"offset":milliseconds}: the clock
// of that account is then ahead of the machine's by the offset, so that delays and leases follow a movable clock. Each
// line is answered with the same line.
import { AsyncLocalStorage } from 'node:async_hooks';
import { Server } from 'node:http';
import { createRequire } from 'node:module';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`Node.js 20 or newer is needed to run the storage emulator; this is ${process.version}.`);
  process.exit(1);
}

const require = createRequire(import.meta.url);
const RealDate = Date;
const realNow = RealDate.now;
const offsets = new Map();
const account = new AsyncLocalStorage();
RealDate.now = () => realNow() + (offsets.get(account.getStore()) ?? 0);
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length ? args : [target.now()], newTarget),
});

// The first segment of a request's path is its account; asynchronous work of the request inherits it.
const emit = Server.prototype.emit;
Server.prototype.emit = function (event, ...args) {
  return event === 'request'
    ? account.run(args[0].url.split(/[/?]/, 2)[1], () => emit.call(this, event, ...args))
    : emit.call(this, event, ...args);
};

const { default: QueueServer } = require('azurite/dist/src/queue/QueueServer.js');
const { default: QueueConfiguration } = require('azurite/dist/src/queue/QueueConfiguration.js');
const { default: TableServer } = require('azurite/dist/src/table/TableServer.js');
const { default: TableConfiguration } = require('azurite/dist/src/table/TableConfiguration.js');
const { default: BlobServer } = require('azurite/dist/src/blob/BlobServer.js');
const { default: BlobConfiguration } = require('azurite/dist/src/blob/BlobConfiguration.js');
const { configLogger } = require('azurite/dist/src/common/Logger.js');

const [folder = '', accounts = ''] = process.argv.slice(2);
if (accounts !== '') process.env.AZURITE_ACCOUNTS = accounts;
const inMemory = folder === '';
if (!inMemory) mkdirSync(folder, { recursive: true });
const inFolder = name => join(folder, name);
const [host, anyPort, keepAliveSeconds, off, on] = ['127.0.0.1', 0, 5, false, true];

// Positional arguments of Azurite 3.37.0 (pinned): access log, its stream, debug log, its file, loose,
// skipApiVersionCheck, cert, key, password, oauth, disableProductStyleUrl, inMemoryPersistence.
configLogger(off, '');
const queue = new QueueServer(new QueueConfiguration(
  host, anyPort, keepAliveSeconds, inFolder('queues.json'), inFolder('queue-extents.json'),
  [{ locationId: 'Default', locationPath: inFolder('queue-bodies'), maxConcurrency: 1 }],
  off, undefined, off, undefined, off, on, '', '', '', undefined, off, inMemory));
const table = new TableServer(new TableConfiguration(
  host, anyPort, keepAliveSeconds, inFolder('tables.json'),
  off, off, undefined, undefined, off, on, '', '', '', undefined, off, inMemory));
const blob = new BlobServer(new BlobConfiguration(
  host, anyPort, keepAliveSeconds, inFolder('blobs.json'), inFolder('blob-extents.json'),
  [{ locationId: 'Default', locationPath: inFolder('blob-bodies'), maxConcurrency: 1 }],
  off, undefined, off, undefined, off, on, '', '', '', undefined, off, inMemory));

// In memory, garbage collection of deleted bodies is not needed, and would take half of the CPU time.
if (inMemory) queue.gcManager = blob.gcManager = undefined;

const reply = line => process.stdout.write(JSON.stringify(line) + '\n');
const port = server => Number(new URL(server.getHttpServerAddress()).port);

async function stop() {
  setTimeout(() => process.exit(1), 8000).unref();
  await Promise.all([queue.close(), table.close(), blob.close()]);
  process.exit(0);
}

// Ctrl-C reaches the whole process group; the owner decides when storage ends.
process.on('SIGINT', () => {});
process.on('SIGTERM', stop);
process.stdout.on('error', () => {});

await Promise.all([queue.start(), table.start(), blob.start()]);
const commands = createInterface({ input: process.stdin });
commands.on('line', line => {
  const { account, offset } = JSON.parse(line);
  offsets.set(account, offset);
  reply({ account, offset });
});
commands.on('close', stop);
reply({ queue: port(queue), table: port(table), blob: port(blob) });
