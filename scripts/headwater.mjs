import { runStandalone } from './start.mjs';

await runStandalone('cli.js');
