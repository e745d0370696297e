import path from 'node:path';

/** The folder of qmux's package.json. This module runs three folders below it: as compiled, and as bundled. */
export const PACKAGE_FOLDER = path.resolve(import.meta.dirname, '../../..');
