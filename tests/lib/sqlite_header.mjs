// SPDX-License-Identifier: Apache-2.0
// Edits the header of a database file that nobody has open (https://www.sqlite.org/fileformat.html, offset 60: user version).
import { closeSync, openSync, readSync, writeSync } from 'node:fs';

export class DatabaseFile {
	static setUserVersion(path, version) {
		const file = openSync(path, 'r+');
		const magic = Buffer.alloc(16);
		readSync(file, magic, 0, 16, 0);
		if (!magic.toString('latin1').startsWith('SQLite format 3')) throw new Error(`${path} is no database`);
		const number = Buffer.alloc(4);
		number.writeUInt32BE(version);
		writeSync(file, number, 0, 4, 60);
		closeSync(file);
	}
}
