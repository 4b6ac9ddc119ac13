import { stopSharedAzurite } from './azurite.js';

/** A mocha root hook plugin (`require` in `.mocharc.json`): the shared Azurite ends with the run. */
export const mochaHooks = { afterAll: stopSharedAzurite };
